// One listing at the ombudsman's desk: what the filer says, all papers opened here, the clocks, the last word.
import { Alert, Anchor, Badge, Button, Card, Center, Grid, Group, Loader, Menu, Stack, Text, Title } from "@mantine/core";
import { IconChevronDown, IconFile } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { LifeLadder } from "@/parts/LifeLadder";
import { PageHeader } from "@/parts/PageHeader";
import { StateBadge } from "@/parts/States";
import { dateOnly, dateTime } from "@/parts/times";
import "@/texts/filings";
import "@/texts/listings";
import { MatterForms, type MatterForm } from "./MatterForms";
import { Due } from "./QueueTab";

type Found = Schemas["MatterDetail"];

export function Component() {
  const { t: common } = useTranslation();
  const { listing = "" } = useParams();
  const query = useQuery({
    queryKey: ["matter", listing],
    queryFn: ({ signal }) => body(api.GET("/ombudsman/matters/{listing}", { signal, params: { path: { listing } } })),
  });
  if (query.data) return <Page found={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Center mih={240}><Loader role="status" aria-label={common("loading")} /></Center>;
}

function Page({ found }: { found: Found }) {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  const [form, setForm] = useState<MatterForm | null>(null);
  const { matter } = found;
  return (
    <>
      <PageHeader title={words(`conduct.${matter.conduct}`)} badge={<StateBadge of="filing" state={matter.life.status as Schemas["Filing"]["state"]} />} back={{ to: "/appeals", label: t("queue") }} text={`${matter.filer} · ${words(`kind.${matter.kind}`)} · ${words(`severity.${matter.severity}`)} · ${words(`standard.${matter.standard_of_proof}`)}`}>
        <Acts matter={matter} open={setForm} />
      </PageHeader>
      {matter.waits_for && (
        <Alert mb="lg" color={matter.late ? "red" : "orange"} variant="light" title={`${t("waitsFor")}: ${t(`waits.${matter.waits_for}`)}`}>
          <Due matter={matter} />
        </Alert>
      )}
      <Grid gutter="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <Said summary={found.summary} />
            <Papers found={found} />
            <Decisions decisions={found.decisions} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <Card>
              <Title order={2} size="h3" mb="md">{words("ladder")}</Title>
              <LifeLadder rungs={matter.life.ladder} />
            </Card>
            <Card>
              <Title order={2} size="h3" mb="sm">{words("history")}</Title>
              <Stack component="ol" gap="xs" m={0} p={0} style={{ listStyle: "none" }}>
                {[...matter.life.steps].reverse().map((step, at) => (
                  <li key={`${step.at}-${at}`}>
                    <Text size="sm">{words(`step.${step.step}` as "ladder", { defaultValue: step.step })}</Text>
                    <Text size="xs" c="dimmed">{words(`by.${step.by}`)} · {dateTime(step.at)}</Text>
                  </li>
                ))}
              </Stack>
            </Card>
          </Stack>
        </Grid.Col>
      </Grid>
      <MatterForms found={found} form={form} onClose={() => setForm(null)} />
    </>
  );
}

function Acts({ matter, open }: { matter: Schemas["Matter"]; open: (form: MatterForm) => void }) {
  const { t } = useTranslation("filings");
  const { t: common } = useTranslation();
  const { life, waits_for } = matter;
  const listed = life.state === "active";
  const more: [MatterForm, string, boolean][] = [
    ["acquittal", t("acquittal"), listed || life.state === "notified"],
    ["suspend", t("suspendMatter"), listed && !life.suspended],
    ["resume", t("resumeMatter"), life.suspended],
    ["overturn", t("overturn"), listed || life.state === "notified"],
  ];
  const shown = more.filter(([, , now]) => now);
  return (
    <>
      {waits_for === "appeal" && <Button onClick={() => open("decide")}>{t("decide")}</Button>}
      {life.state === "awaiting_notice" && <Button onClick={() => open("post")}>{t("post")}</Button>}
      {waits_for === "consent" && <Button onClick={() => open("consent")}>{t("consent")}</Button>}
      {shown.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target><Button variant="default" rightSection={<IconChevronDown size={14} />}>{common("more")}</Button></Menu.Target>
          <Menu.Dropdown>{shown.map(([form, label]) => <Menu.Item key={form} {...(form === "overturn" ? { color: "red" } : {})} onClick={() => open(form)}>{label}</Menu.Item>)}</Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** The filer's summary as it was sealed, and opened on this node. */
function Said({ summary }: { summary: Found["summary"] }) {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  if (!summary) return <Alert variant="light">{t("saidNone")}</Alert>;
  const day = (value: unknown) => (text(value) ? dateOnly(text(value) ?? "") : null);
  const prose = (value: unknown) => text(value) && <span style={{ whiteSpace: "pre-line" }}>{text(value)}</span>;
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">{t("said")}</Title>
      <Facts
        facts={[
          [t("whom"), text(summary.name)],
          [t("facts"), prose(summary.facts)],
          [t("happenedAt"), day(summary.happened_at)],
          [t("decidedAt"), day(summary.decided_at)],
          [t("decidedBy"), text(summary.decided_by)],
          [t("endedHow"), prose(summary.ended_how)],
          [t("standardOfProof"), text(summary.standard_of_proof) && words(`standard.${summary.standard_of_proof as "judgment"}`)],
          [t("contact"), text(summary.contact)],
        ]}
      />
    </Card>
  );
}

function Papers({ found }: { found: Found }) {
  const { t } = useTranslation("filings");
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">{t("paper")}</Title>
      {found.papers.length === 0 && <Text size="sm">{t("papersNone")}</Text>}
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
        {found.papers.map((one) => (
          <Group component="li" key={one.id} gap="xs" wrap="nowrap" align="flex-start">
            <IconFile size={16} aria-hidden style={{ flex: "none", marginTop: 3 }} />
            <div style={{ minWidth: 0 }}>
              <Group gap={6}>
                <Anchor href={`/api/v1/ombudsman/matters/${found.matter.listing}/papers/${one.id}`} download={one.title} size="sm">{one.title || t(`paperKind.${one.kind}`)}</Anchor>
                {one.in_tests && <Badge size="xs" color="teal">{t("inTests")}</Badge>}
              </Group>
              <Text size="xs" c="dimmed">{t(`paperKind.${one.kind}`)} · {t(`from.${one.from}`)}</Text>
              <Text size="xs" c="dimmed" ff="monospace" truncate>{one.commitment}</Text>
            </div>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

function Decisions({ decisions }: { decisions: Schemas["OmbudsmanDecision"][] }) {
  const { t } = useTranslation("filings");
  if (decisions.length === 0) return null;
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">{t("decisions")}</Title>
      <Stack gap="sm">{decisions.map((one) => <Decision key={one.id} decision={one} />)}</Stack>
    </Card>
  );
}

export function Decision({ decision }: { decision: Schemas["OmbudsmanDecision"] }) {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  return (
    <div>
      <Text size="sm" fw={550}>{t(`decisionVerb.${decision.verb}`)}{decision.outcome && `: ${words(`outcome.${decision.outcome}`)}`}</Text>
      <Text size="sm" style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>{decision.reasons}</Text>
      <Text size="xs" c="dimmed">{decision.by} · {dateTime(decision.at)} · {decision.told ? t("toldYes") : t("toldNo")}</Text>
    </div>
  );
}
