// Two pictures that lie over each other: a divider that pointer and keyboard move (ARIA slider), or a strength that blends.
import { IconArrowsHorizontal } from "@tabler/icons-react";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import classes from "./CompareSlider.module.css";
import { clamp, moved } from "./moved";

export interface ComparedPicture {
  src: string;
  alt: string;
  name: string;
}

interface Props {
  /** Shown left of the divider. */
  left: ComparedPicture;
  /** Shown right of the divider; gives the frame its shape. */
  right: ComparedPicture;
  label: string;
  valueText: (share: number) => string;
}

export function CompareSlider({ left, right, label, valueText }: Props) {
  const [share, setShare] = useState(50);
  const frame = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLDivElement>(null);

  const follow = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (box && box.width > 0) setShare(clamp((100 * (event.clientX - box.left)) / box.width));
  };
  const take = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    handle.current?.focus({ preventScroll: true });
    follow(event);
  };
  const press = (event: KeyboardEvent) => {
    const next = moved(event.key, share);
    if (next === null) return;
    event.preventDefault();
    setShare(next);
  };

  const whole = Math.round(share);
  return (
    <div
      ref={frame}
      className={`${classes.frame} ${classes.slides}`}
      onPointerDown={take}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && follow(event)}
    >
      <img className={classes.under} src={right.src} alt={right.alt} draggable={false} />
      <img className={classes.over} src={left.src} alt={left.alt} draggable={false} style={{ clipPath: `inset(0 ${100 - share}% 0 0)` }} />
      <span className={`${classes.name} ${classes.left}`} aria-hidden>
        {left.name}
      </span>
      <span className={`${classes.name} ${classes.right}`} aria-hidden>
        {right.name}
      </span>
      <div className={classes.divider} style={{ left: `${share}%` }} />
      <div
        ref={handle}
        className={classes.handle}
        style={{ left: `clamp(22px, ${share}%, calc(100% - 22px))` }}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={whole}
        aria-valuetext={valueText(whole)}
        onKeyDown={press}
      >
        <IconArrowsHorizontal size={22} aria-hidden />
      </div>
    </div>
  );
}

/** The left picture over the right one, as strongly as asked (0 to 100). */
export function Overlay({ left, right, strength }: { left: ComparedPicture; right: ComparedPicture; strength: number }) {
  return (
    <div className={classes.frame}>
      <img className={classes.under} src={right.src} alt={right.alt} draggable={false} />
      <img className={classes.over} src={left.src} alt={left.alt} draggable={false} style={{ opacity: strength / 100 }} />
    </div>
  );
}
