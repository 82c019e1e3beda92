// Photographs for the tests: those of Debian's background packages, which ./setup installs.
import { existsSync } from "node:fs";

const photographs = ["Bridge_by_Sander_Klootwijk.jpg", "Fossa_by_Jasper_Roks.jpg", "Kleiber_by_Lukas_Baubkus.jpg"].map((name) => `/usr/share/backgrounds/${name}`);

export function picturePath(at = 0) {
  const path = photographs[at];
  if (!existsSync(path)) throw new Error(`${path} is missing: ./setup installs lomiri-wallpapers-20.04`);
  return path;
}

/** Larger than one chunk of an upload (8 MiB). */
export function largePicturePath() {
  const path = "/usr/share/backgrounds/mate/abstract/Elephants_3840x2160.jpg";
  if (!existsSync(path)) throw new Error(`${path} is missing: ./setup installs mate-backgrounds`);
  return path;
}
