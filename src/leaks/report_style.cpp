// How the report page looks: one style sheet for screens of any width, for dark and light, and for paper.
#include "leaks/html.h"

namespace probity::leaks {

std::string_view report_style() {
  return R"css(
:root { color-scheme: light dark; --paper: #f5f4ef; --card: #ffffff; --ink: #1a1f25; --soft: #55606c; --line: #dcd9cf;
  --bar: #9fb0bd; --identified: #0d5a4b; --lead: #8a5600; --quiet: #46525f; --tone: var(--quiet); --warm: #fbf6e9;
  --warm-line: #e6d9b4; }
@media (prefers-color-scheme: dark) { :root { --paper: #12161a; --card: #1b2127; --ink: #e9e7e2; --soft: #a6afb8;
  --line: #343c44; --bar: #5d6f7d; --identified: #5cc7ae; --lead: #e0ae52; --quiet: #a9b6c2; --warm: #262218;
  --warm-line: #4a4026; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, -apple-system, "Segoe UI",
  Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; -webkit-text-size-adjust: 100%; }
.identified { --tone: var(--identified); } .lead { --tone: var(--lead); }
main, header.top, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
header.top { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; padding-top: 1.5rem;
  padding-bottom: 1rem; color: var(--soft); font-size: .9rem; }
header.top b { color: var(--ink); font-size: 1.05rem; letter-spacing: .02em; }
header.top span:last-child { margin-left: auto; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1.5rem 1.75rem;
  margin: 0 0 1.25rem; break-inside: avoid-page; }
section.verdict { border-top: .35rem solid var(--tone); padding-top: 1.5rem; }
.badge { display: inline-block; margin: 0 0 .6rem; padding: .15rem .7rem; border: 1.5px solid var(--tone);
  border-radius: 1rem; color: var(--tone); font-weight: 650; font-size: .9rem; }
h1 { font-size: clamp(1.35rem, 1rem + 1.7vw, 2rem); line-height: 1.28; margin: 0 0 1rem; font-weight: 680;
  letter-spacing: -.01em; text-wrap: balance; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 0 0 .75rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .4rem; overflow-wrap: anywhere; }
p { margin: 0 0 .8rem; max-width: 46rem; text-wrap: pretty; }
ul { margin: 0 0 .6rem; padding-left: 1.2rem; max-width: 46rem; } li { margin: .3rem 0; }
.bound { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1.25rem; align-items: center; margin: 0 0 1.1rem; }
.bound b { font-size: clamp(1.5rem, 1.1rem + 2vw, 2.3rem); line-height: 1.1; color: var(--tone); font-weight: 700;
  white-space: nowrap; }
.bound p { margin: 0; color: var(--soft); }
.bound small { display: block; color: var(--soft); font-size: .85rem; }
.notice { background: var(--warm); border: 1px solid var(--warm-line); border-radius: .4rem; padding: .7rem 1rem;
  margin: 0 0 1.25rem; max-width: none; }
dl.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .9rem 1.5rem; margin: 0; }
dl.facts div { border-top: 1px solid var(--line); padding-top: .5rem; min-width: 0; }
dt { color: var(--soft); font-size: .85rem; } dd { margin: 0; font-weight: 550; overflow-wrap: anywhere; }
dd small { font-weight: 400; color: var(--soft); }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.25rem; margin: 0 0 1.25rem;
  align-items: start; }
figure { margin: 0; } figcaption { color: var(--soft); font-size: .88rem; margin-top: .45rem; }
img { display: block; width: 100%; height: auto; border-radius: .25rem; background: var(--line); }
.pair img.tall { width: auto; max-width: 100%; max-height: 30rem; margin: 0 auto; }
.on-master { position: relative; width: fit-content; margin: 0 auto; } .on-master svg { position: absolute; inset: 0; width: 100%; height: 100%; }
.on-master polygon { fill: none; stroke: #ffd23f; stroke-width: 3; vector-effect: non-scaling-stroke; }
.on-master path { fill: #000; fill-opacity: .45; stroke: none; }
.compare { position: relative; --at: 50%; border-radius: .25rem; overflow: hidden; }
.compare img.over { position: absolute; inset: 0; height: 100%; clip-path: inset(0 calc(100% - var(--at)) 0 0); }
.compare .edge { position: absolute; top: 0; bottom: 0; left: var(--at); width: 2px; margin-left: -1px; background: #fff;
  box-shadow: 0 0 0 1px rgba(0, 0, 0, .45); pointer-events: none; }
.compare .edge::after { content: "\2194"; position: absolute; top: 50%; left: 50%; width: 2.2rem; height: 2.2rem;
  margin: -1.1rem; border-radius: 50%; background: #fff; color: #1a1f25; box-shadow: 0 1px 5px rgba(0, 0, 0, .5);
  font: 1.15rem/2.2rem system-ui, sans-serif; text-align: center; }
.compare input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: ew-resize;
  touch-action: pan-y; }
.compare:focus-within { outline: 3px solid var(--tone); outline-offset: 2px; }
.tag { position: absolute; top: .5rem; padding: .1rem .55rem; border-radius: .25rem; background: rgba(0, 0, 0, .66);
  color: #fff; font-size: .82rem; pointer-events: none; } .tag.left { left: .5rem; } .tag.right { right: .5rem; }
svg.plot { display: block; width: 100%; height: auto; margin: 0 0 .6rem; } svg.plot.narrow { display: none; }
svg text { font: 12px system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Noto Sans CJK SC", sans-serif;
  fill: var(--ink); }
svg .tick, svg .label { fill: var(--soft); } svg .grid { stroke: var(--line); } svg .axis { stroke: var(--soft); }
svg .bar { fill: var(--bar); } svg .lead-line { stroke: var(--lead); stroke-width: 1.5; stroke-dasharray: 3 3; }
svg .identified-line { stroke: var(--identified); stroke-width: 1.5; stroke-dasharray: 7 3; }
svg .lead-text { fill: var(--lead); } svg .identified-text { fill: var(--identified); }
svg .pin { stroke: var(--tone); stroke-width: 2; } svg .pin-head { fill: var(--tone); }
svg .pin-text { font-weight: 650; font-size: 13px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .5rem .9rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 550; font-size: .88rem; }
table.ledger { max-width: 46rem; margin: .25rem 0 1rem; } table.ledger td:last-child { text-align: right; padding-right: 0;
  white-space: nowrap; } table.ledger tr.sum td { border-top: 2px solid var(--ink); font-weight: 680; }
table.ledger tr.sum td:last-child { color: var(--tone); } td small { display: block; color: var(--soft); }
code, .hash { font: .85em/1.5 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
pre { background: var(--paper); border: 1px solid var(--line); border-radius: .4rem; padding: .7rem 1rem; margin: 0 0 .9rem;
  white-space: pre-wrap; }
details { margin: .5rem 0 0; } summary { cursor: pointer; color: var(--soft); }
footer { color: var(--soft); font-size: .85rem; padding-bottom: 2.5rem; }
@media (max-width: 40rem) { main, header.top, footer { padding-left: .75rem; padding-right: .75rem; }
  section { padding: 1.1rem 1rem; } .pair, .bound { grid-template-columns: minmax(0, 1fr); } .bound b { white-space: normal; }
  dl.facts { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .9rem 1rem; }
  header.top span:last-child { margin-left: 0; width: 100%; }
  svg.plot.wide { display: none; } svg.plot.narrow { display: block; } }
@media print { :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; } body { font-size: 10pt; }
  section { border: 0; border-top: 1px solid #bbb; border-radius: 0; padding: 1rem 0; } main { max-width: none; padding: 0; }
  .compare .edge::after { display: none; } figure, table, svg { break-inside: avoid; } h2, h3 { break-after: avoid; }
  img, svg, section.verdict { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
)css";
}

std::string_view report_script() {
  return "for (const slider of document.querySelectorAll('.compare input'))\n"
         "  slider.addEventListener('input', () => slider.parentNode.style.setProperty('--at', slider.value + '%'));\n";
}

}  // namespace probity::leaks
