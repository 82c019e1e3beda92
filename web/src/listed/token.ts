// The secret of a letter's link. It leaves the address bar at once, so that it is not in the history, not sent to other
// pages and not on a photo of the screen; a reload of the same tab finds it again.
import { useEffect, useState } from "react";
import { useParams } from "react-router-dom";

const keyOf = (place: string) => `probity.listed.${place}`;

export function dropLetter(place: string): void {
  sessionStorage.removeItem(keyOf(place));
}

export function useLetter(place: "notice" | "recorded"): string {
  const { token = "" } = useParams();
  const [kept, setKept] = useState(() => token || (sessionStorage.getItem(keyOf(place)) ?? ""));
  useEffect(() => {
    if (token === "") return;
    sessionStorage.setItem(keyOf(place), token);
    setKept(token);
    // Behind the router's back: it would take the page away with the address.
    window.history.replaceState(window.history.state, "", `/${place}`);
  }, [place, token]);
  return kept;
}
