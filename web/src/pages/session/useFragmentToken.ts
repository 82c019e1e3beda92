// The token after the # of a link. It is taken out of the address bar at once, and never reaches a server's log.
import { useEffect, useState } from "react";

export function useFragmentToken(): string {
  const [token, setToken] = useState(() => decodeURIComponent(window.location.hash.slice(1)));
  useEffect(() => {
    const take = () => {
      const found = window.location.hash.slice(1);
      if (found === "") return;
      setToken(decodeURIComponent(found));
      window.history.replaceState(window.history.state, "", window.location.pathname);
    };
    take();
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);
  return token;
}
