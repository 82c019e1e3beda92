// The propagation graph as a picture: layers from left to right, or downwards where it is narrow.
import { Box } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import classes from "./cases.module.css";
import { type Graph, placed } from "./graph";

const box = { width: 148, height: 50 };
const shown = (label: string) => ([...label].length > 18 ? `${[...label].slice(0, 17).join("")}…` : label);

export function GraphPicture({ graph }: { graph: Graph }) {
  const { t } = useTranslation("cases");
  const { ref, width } = useElementSize<HTMLDivElement>();
  const down = width > 0 && width < 620;
  const { all, layers, most } = placed(graph);
  const gap = down ? { along: 60, across: 14 } : { along: 84, across: 20 };
  const span = down ? { along: box.height, across: box.width } : { along: box.width, across: box.height };
  const along = layers * span.along + (layers - 1) * gap.along + 16;
  const across = most * span.across + (most - 1) * gap.across + 16;
  const [wide, high] = down ? [across, along] : [along, across];
  const at = new Map(
    all.map(({ node, layer, place }) => {
      const inLayer = all.filter((one) => one.layer === layer).length;
      // Layers are centred on the middle of the widest one.
      const offset = (across - (inLayer * span.across + (inLayer - 1) * gap.across)) / 2;
      const a = 8 + layer * (span.along + gap.along);
      const b = offset + place * (span.across + gap.across);
      return [node.key, down ? { x: b, y: a } : { x: a, y: b }];
    }),
  );
  return (
    <Box ref={ref} style={{ overflowX: "auto" }} tabIndex={0} role="group" aria-label={t("tab.graph")}>
      <svg
        className={classes.graph}
        viewBox={`0 0 ${wide} ${high}`}
        style={{ maxWidth: wide * 1.15, minWidth: Math.min(wide, 300), margin: "0 auto" }}
        role="img"
        aria-label={t("graphAlt", { nodes: graph.nodes.length, edges: graph.edges.length })}
      >
        <defs>
          <marker id="step-end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
            <path d="M0 0L8 4L0 8Z" className={classes.arrow} />
          </marker>
        </defs>
        {graph.edges.map((edge, index) => {
          const from = at.get(edge.from);
          const to = at.get(edge.to);
          if (!from || !to || edge.from === edge.to) return null;
          const start = down ? { x: from.x + box.width / 2, y: from.y + box.height } : { x: from.x + box.width, y: from.y + box.height / 2 };
          const end = down ? { x: to.x + box.width / 2, y: to.y - 2 } : { x: to.x - 2, y: to.y + box.height / 2 };
          const bend = down ? `C${start.x} ${start.y + 30} ${end.x} ${end.y - 30}` : `C${start.x + 42} ${start.y} ${end.x - 42} ${end.y}`;
          return (
            <g key={index}>
              <path className={classes.edge} d={`M${start.x} ${start.y}${bend} ${end.x} ${end.y}`} markerEnd="url(#step-end)" />
              <text className={classes.edgeWord} x={(start.x + end.x) / 2} y={(start.y + end.y) / 2 - 4} textAnchor="middle">
                {t(`edge.${edge.kind}`)}
              </text>
            </g>
          );
        })}
        {all.map(({ node }) => {
          const { x, y } = at.get(node.key) ?? { x: 0, y: 0 };
          return (
            <g key={node.key} className={classes.node} data-kind={node.kind} transform={`translate(${x} ${y})`}>
              <title>{[node.label, node.address].filter(Boolean).join(" – ")}</title>
              <rect width={box.width} height={box.height} rx={8} />
              <text className={classes.kindWord} x={12} y={18}>
                {t(`node.${node.kind}`)}
              </text>
              <text x={12} y={36}>
                {shown(node.label)}
              </text>
            </g>
          );
        })}
      </svg>
    </Box>
  );
}

