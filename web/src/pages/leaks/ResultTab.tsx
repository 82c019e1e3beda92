// What the trace found: verdict, bound, pictures, every copy's score, limits, whose copy it is.
import { Alert, Anchor, Card, Center, Group, List, Loader, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconDownload, IconRadar2, IconRefresh } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { Failure } from "@/parts/Failure";
import { said } from "@/parts/said";
import { count, dateTime } from "@/parts/times";
import type { LeakResult } from "./acts";
import { useResult } from "./acts";
import { Compare } from "./Compare";
import { Findings } from "./Findings";
import { useLeak } from "./LeakLayout";
import { contentAddress } from "./places";
import { powerOfTen } from "./plot";
import { ScorePlot } from "./ScorePlot";
import { Unmasking } from "./Unmasking";
import classes from "./result.module.css";

export function Component() {
  const { t } = useTranslation("leaks");
  const { t: common } = useTranslation();
  const leak = useLeak();
  const query = useResult(leak);
  const queries = useQueryClient();
  // Looking is on record: the list of who looked has a new line.
  useEffect(() => {
    if (query.data) void queries.invalidateQueries({ queryKey: ["leak", leak.id] });
  }, [query.data]);
  if (leak.outcome === null) {
    return (
      <Card>
        <EmptyState icon={IconRadar2} title={t("notTraced")} text={t("notTracedText")} />
      </Card>
    );
  }
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  const result = query.data;
  if (!result) {
    return (
      <Center mih={200}>
        <Loader role="status" aria-label={common("loading")} />
      </Center>
    );
  }
  return (
    <Stack gap="lg">
      {result.stale && (
        <Alert color="yellow" icon={<IconRefresh size={18} />}>
          {t("stale")}
        </Alert>
      )}
      <Verdict result={result} />
      <Compare leak={leak.id} files={result.files} />
      {result.plot && <ScorePlot plot={result.plot} findings={result.findings} />}
      {result.findings.length > 0 && <Findings findings={result.findings} masked={result.masked} />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Reasons title={t("limits")} lines={result.limits} strong />
        <Reasons title={t("wouldChange")} lines={result.would_change} />
      </SimpleGrid>
      {result.findings.length > 0 && <Unmasking leak={leak} result={result} />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Coverage coverage={result.coverage} />
        <TakeAway leak={leak.id} result={result} />
      </SimpleGrid>
    </Stack>
  );
}

function Verdict({ result }: { result: LeakResult }) {
  const { t } = useTranslation("leaks");
  const { trials } = result;
  return (
    <Card className={classes.verdict} data-outcome={result.outcome}>
      <Text size="sm" c="dimmed" className="figures">
        {t("tracedAt", { time: dateTime(result.created_at) })}
      </Text>
      <Title order={2} className={classes.title}>
        {said(result.title)}
      </Title>
      <Text maw={760}>{said(result.verdict)}</Text>
      <div className={classes.bound}>
        <Text size="sm" c="dimmed">
          {t("boundTitle")}
        </Text>
        {result.log10_bound !== null && result.findings.length > 0 ? (
          <Text className={classes.figure}>{t("boundExact", { power: powerOfTen(result.log10_bound) })}</Text>
        ) : (
          <Text fw={550}>{t("boundNone")}</Text>
        )}
        <Text size="sm">{said(result.bound)}</Text>
        <Text size="xs" c="dimmed" className="figures">
          {t("trials", {
            candidates: count(trials.candidates),
            masters: count(trials.masters),
            alignments: count(trials.alignments),
            decoders: count(trials.decoders),
            passes: count(trials.passes),
          })}
        </Text>
      </div>
    </Card>
  );
}

function Reasons({ title, lines, strong }: { title: string; lines: Schemas["Said"][]; strong?: boolean }) {
  if (lines.length === 0) return null;
  return (
    <Card>
      <Group gap="xs" mb="sm">
        {strong && <IconAlertTriangle size={18} stroke={1.7} color="var(--mantine-color-orange-6)" aria-hidden />}
        <Title order={2} size="h3">
          {title}
        </Title>
      </Group>
      <List size="sm" spacing="xs">
        {lines.map((line) => (
          <List.Item key={line.en}>{said(line)}</List.Item>
        ))}
      </List>
    </Card>
  );
}

function Coverage({ coverage }: { coverage: LeakResult["coverage"] }) {
  const { t } = useTranslation("leaks");
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">
        {t("coverage")}
      </Title>
      <Stack gap={6}>
        {coverage.words.map((words) => (
          <Text key={words.en} size="sm">
            {said(words)}
          </Text>
        ))}
        {coverage.commitment && (
          <Anchor href={`/commitments/${coverage.commitment}`} size="sm">
            {coverage.commitment_number}
          </Anchor>
        )}
      </Stack>
    </Card>
  );
}

function TakeAway({ leak, result }: { leak: string; result: LeakResult }) {
  const { t } = useTranslation("leaks");
  const links: [string, string][] = result.masked
    ? []
    : [
        [contentAddress(leak, result.report.html), t("report_html")],
        [contentAddress(leak, result.report.json), t("report_json")],
        [contentAddress(leak, result.report.readme), t("report_readme")],
      ];
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">
        {t("download")}
      </Title>
      <Stack gap="xs" align="flex-start">
        {links.map(([href, label]) => (
          <Anchor key={href} href={href} download size="sm">
            {label}
          </Anchor>
        ))}
        <Anchor href={`/api/v1/leaks/${leak}/package`} download size="sm" fw={550}>
          <Group gap={6} component="span">
            <IconDownload size={16} aria-hidden />
            {t("package")}
          </Group>
        </Anchor>
        <Text size="sm" c="dimmed">
          {t("packageText")}
        </Text>
      </Stack>
    </Card>
  );
}
