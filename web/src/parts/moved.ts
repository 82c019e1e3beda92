// How a slider from 0 to 100 moves by keys (WAI-ARIA authoring practices).
const step = 2;
const leap = 10;
export const clamp = (share: number) => Math.min(100, Math.max(0, share));

/** Where a key takes the divider; null for keys that do not move it. */
export function moved(key: string, share: number): number | null {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return clamp(share - step);
    case "ArrowRight":
    case "ArrowUp":
      return clamp(share + step);
    case "PageDown":
      return clamp(share - leap);
    case "PageUp":
      return clamp(share + leap);
    case "Home":
      return 0;
    case "End":
      return 100;
    default:
      return null;
  }
}
