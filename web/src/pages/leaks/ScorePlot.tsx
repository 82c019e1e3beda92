// All copies' scores with the line beyond which one is named: a picture, and the same as a table.
import { Box, Button, Card, Collapse, Table, Text } from "@mantine/core";
import { useDisclosure, useElementSize } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { SectionHeader } from "@/parts/SectionHeader";
import { count } from "@/parts/times";
import { barsOf, heightOf, type Plot, rangeOf, ticks } from "./plot";
import classes from "./ScorePlot.module.css";

type Finding = Schemas["LeakFinding"];
const height_px = 250;
const ground_px = 206;
const head_px = 46;

const short = (score: number) => score.toFixed(1);

export function ScorePlot({ plot, findings }: { plot: Plot; findings: Finding[] }) {
  const { t } = useTranslation("leaks");
  const [opened, { toggle }] = useDisclosure();
  return (
    <Card>
      <SectionHeader title={t("plot")} text={t("plotText")} />
      <Picture plot={plot} findings={findings} />
      <Text size="xs" c="dimmed" mt="xs" className="figures">
        {t("plotOthers", { score: short(plot.highest_other) })} · {plot.decoder}
      </Text>
      <Button size="compact-sm" variant="subtle" mt="xs" style={{ alignSelf: "flex-start" }} onClick={toggle} aria-expanded={opened}>
        {t("plotTable")}
      </Button>
      <Collapse in={opened}>
        <Numbers plot={plot} />
      </Collapse>
    </Card>
  );
}

function Picture({ plot, findings }: { plot: Plot; findings: Finding[] }) {
  const { t } = useTranslation("leaks");
  // Drawn in the pixels it has: words stay readable on a phone.
  const { ref, width } = useElementSize<HTMLDivElement>();
  const width_px = Math.max(280, width || 720);
  const bars = barsOf(plot).filter(({ copies }) => copies > 0);
  const most = Math.max(1, ...bars.map(({ copies }) => copies));
  const scores = findings.map(({ standard_score }) => standard_score);
  const [low, high] = rangeOf(plot, scores);
  const x = (score: number) => ((score - low) / (high - low)) * width_px;
  const y = (copies: number) => ground_px - heightOf(copies, most) * (ground_px - head_px);
  const total = plot.counts.reduce((sum, copies) => sum + copies, 0);
  const found = findings.map(({ label, standard_score }) => t("plotFound", { label, score: short(standard_score) })).join("");
  const alt = t("plotAlt", { total: count(total), highest: short(plot.highest_other), line: short(plot.identified_line), found });
  // The words of a line stand where they fit.
  const side = (at: number) => (at > width_px * 0.62 ? "end" : "start");
  return (
    <Box ref={ref}>
      <svg className={classes.plot} viewBox={`0 0 ${width_px} ${height_px}`} role="img" aria-label={alt}>
        {bars.map(({ from, to, copies }) => (
          <rect key={from} className={classes.bar} x={x(from) + 0.5} width={Math.max(1, x(to) - x(from) - 1)} y={y(copies)} height={ground_px - y(copies)} rx={1} />
        ))}
        <line className={classes.axis} x1={0} x2={width_px} y1={ground_px} y2={ground_px} />
        {ticks(low, high, Math.max(3, width_px / 110)).map((tick) => (
          <text key={tick} className={classes.tick} x={x(tick)} y={ground_px + 18} textAnchor="middle">
            {tick}
          </text>
        ))}
        <text className={classes.title} x={width_px} y={height_px - 4} textAnchor="end">
          {t("plotX")}
        </text>
        <line className={classes.lead} x1={x(plot.lead_line)} x2={x(plot.lead_line)} y1={head_px - 8} y2={ground_px} />
        <text className={classes.word} x={x(plot.lead_line) - 6} y={head_px + 4} textAnchor="end">
          {t("plotLead", { score: short(plot.lead_line) })}
        </text>
        <line className={classes.line} x1={x(plot.identified_line)} x2={x(plot.identified_line)} y1={14} y2={ground_px} />
        <text className={classes.word} x={x(plot.identified_line) + (side(x(plot.identified_line)) === "end" ? -6 : 6)} y={24} textAnchor={side(x(plot.identified_line))}>
          {t("plotLine", { score: short(plot.identified_line) })}
        </text>
        {findings.map(({ label, standard_score }) => (
          <g key={label}>
            <line className={classes.foundStem} x1={x(standard_score)} x2={x(standard_score)} y1={ground_px - 70} y2={ground_px} />
            <circle className={classes.found} cx={x(standard_score)} cy={ground_px - 74} r={6} />
            <text className={classes.foundWord} x={x(standard_score)} y={ground_px - 88} textAnchor={side(x(standard_score))}>
              {t("copyLabel", { label })} · {short(standard_score)}
            </text>
          </g>
        ))}
      </svg>
    </Box>
  );
}

function Numbers({ plot }: { plot: Plot }) {
  const { t } = useTranslation("leaks");
  return (
    <Table mt="xs" verticalSpacing={4} withTableBorder aria-label={t("plotTable")} maw={420}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("plotFrom")}</Table.Th>
          <Table.Th>{t("plotTo")}</Table.Th>
          <Table.Th ta="right">{t("plotCopies")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {barsOf(plot)
          .filter(({ copies }) => copies > 0)
          .map(({ from, to, copies }) => (
            <Table.Tr key={from}>
              <Table.Td>{from.toFixed(2)}</Table.Td>
              <Table.Td>{to.toFixed(2)}</Table.Td>
              <Table.Td ta="right">{count(copies)}</Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  );
}
