// A page's heading: takes the focus when the page changes, so that a screen reader says where one is.
import { Title } from "@mantine/core";
import { useEffect, useRef, type ReactNode } from "react";

let first = true;

export function PageTitle({ children, name }: { children: ReactNode; name?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = name ?? (typeof children === "string" ? children : "");
  useEffect(() => {
    if (shown) document.title = `${shown} · Probity`;
  }, [shown]);
  useEffect(() => {
    // Not on arrival: there the page itself is announced.
    if (!first) heading.current?.focus({ preventScroll: true });
    first = false;
    window.scrollTo(0, 0);
  }, []);
  return (
    <Title order={1} ref={heading} tabIndex={-1} style={{ outline: "none", textWrap: "balance" }}>
      {children}
    </Title>
  );
}
