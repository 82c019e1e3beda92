// One hit: the steps that protect the person, what may and may not be done now. There is no way to reject.
import { ActionIcon, Alert, Anchor, Badge, Button, Card, Center, Grid, Group, List, Loader, Menu, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconDots, IconDoorExit, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router-dom";
import type { Schemas } from "@/api/client";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { InLog } from "@/parts/InLog";
import { Ladder, type Rung } from "@/parts/Ladder";
import { PageHeader } from "@/parts/PageHeader";
import { said } from "@/parts/said";
import { StateBadge } from "@/parts/States";
import { dateOnly, dateTime } from "@/parts/times";
import { useMay } from "@/session/permissions";
import { type Hit, isCompany, toBeAsked, useHit } from "./acts";
import { HitForms, type HitForm } from "./HitForms";

const order: Schemas["HitState"][] = ["found", "identity_confirmed", "filer_contacted", "waiting", "decided"];

export function Component() {
  const { t: common } = useTranslation();
  const { hit: id = "" } = useParams();
  const query = useHit(id);
  if (query.data) return <Page hit={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Center mih={240}><Loader role="status" aria-label={common("loading")} /></Center>;
}

function Page({ hit }: { hit: Hit }) {
  const { t } = useTranslation("screening");
  const { t: common } = useTranslation();
  const may = useMay();
  const [form, setForm] = useState<HitForm | null>(null);
  const writes = may("write_screening");
  const next = writes ? hit.next : [];
  return (
    <>
      <PageHeader
        title={hit.number}
        badge={<StateBadge of="hit" state={hit.state} />}
        back={{ to: "/screening/hits", label: t("hits") }}
        text={
          <>
            {t(`purpose.${hit.purpose}`)} · {hit.requisition} ·{" "}
            <Anchor component={Link} to={`/screening/${isCompany(hit) ? "companies" : "questions"}/${hit.query}`} inherit underline="always">{hit.query_number}</Anchor>
          </>
        }
      >
        {next.includes("withdraw") && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size="lg" aria-label={common("more")}><IconDots size={18} /></ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconDoorExit size={16} />} onClick={() => setForm("withdraw")}>{t("candidateWithdrew")}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </PageHeader>
      {hit.change && (
        <Alert color="orange" icon={<IconAlertTriangle size={20} />} title={t("changed")} mb="lg">
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{t("lookAgainText")}</Text>
            {next.includes("look-again") && <Button size="xs" onClick={() => setForm("look-again")}>{t("lookAgain")}</Button>}
          </Stack>
        </Alert>
      )}
      <Grid gutter="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Card>
            <Ladder label={t("ladder")} rungs={useRungs(hit, next, setForm)} />
          </Card>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <Rights hit={hit} />
            <Card>
              <Title order={2} size="h3" mb="sm">{t(hit.labels.length > 1 ? "labels" : "label")}</Title>
              <Stack gap="lg">
                {hit.labels.map((label, index) => (
                  <Stack key={index} gap="xs" role="group" aria-label={`${label.filer} · ${label.reference}`}>
                    <Group gap="xs">
                      {!label.stands && <Badge color="gray" variant="light">{t("labelEnded")}</Badge>}
                      {label.answer && <Badge color={label.answer === "confirmed" ? "orange" : "gray"} variant="light">{t(`filerSaid.${label.answer}`)}</Badge>}
                    </Group>
                    <Facts
                      facts={[
                        [t("conduct"), said(label.conduct_title) || label.conduct],
                        [t("filer"), label.filer],
                        [t("contact"), label.contact],
                        [t("reference"), label.reference],
                        [t("decidedAt"), dateOnly(label.decided_at)],
                        [t("until"), dateOnly(label.until)],
                      ]}
                    />
                  </Stack>
                ))}
              </Stack>
            </Card>
            <Done hit={hit} />
            <InLog subject={hit.id} read="read_screening" />
          </Stack>
        </Grid.Col>
      </Grid>
      <HitForms hit={hit} form={form} onClose={() => setForm(null)} />
    </>
  );
}

function useRungs(hit: Hit, next: Schemas["HitVerb"][], open: (form: HitForm) => void): Rung[] {
  const { t } = useTranslation("screening");
  const now = hit.state === "reconsider" ? "decided" : hit.state;
  // Where a hit ended that never came to a decision: after the last step that was done.
  const done = order.indexOf(now) >= 0 ? order.indexOf(now) : hit.steps.some(({ kind }) => kind === "person_notified") ? 3 : hit.steps.some(({ kind }) => kind === "identity_confirmed") ? 1 : 0;
  const ended = order.indexOf(now) < 0;
  const stepOf = (kind: string) => [...hit.steps].reverse().find((step) => step.kind === kind);
  const state = (index: number): Rung["state"] => (index <= done ? "done" : ended ? "left" : index === done + 1 ? "here" : "ahead");
  const act = (verb: Schemas["HitVerb"], words: string) =>
    next.includes(verb) && <Button key={verb} size="sm" mt={4} onClick={() => open(verb)}>{words}</Button>;
  const told = stepOf("person_notified");
  const toAsk = toBeAsked(hit).map(({ label }) => label);
  const waits = hit.state === "waiting" && !hit.next.includes("decide");
  const answers = hit.steps.filter(({ kind }) => kind === "person_answered");
  const answer = next.includes("answer") && <Button size="sm" mt={4} variant="default" onClick={() => open("answer")}>{t("personAnswer")}</Button>;
  return [
    { key: "found", title: t("rungFound"), state: "done", at: hit.found_at, by: hit.steps[0]?.by },
    { key: "confirm", title: t(isCompany(hit) ? "rungConfirmCompany" : "rungConfirm"), text: t(isCompany(hit) ? "rungConfirmCompanyText" : "rungConfirmText"), state: state(1), at: stepOf("identity_confirmed")?.time, by: stepOf("identity_confirmed")?.by, children: act("confirm", t("confirm")) },
    { key: "contact", title: t("rungContact"), text: toAsk.length > 1 ? t("rungContactEach", { filers: toAsk.map(({ filer, contact }) => (contact ? `${filer} (${contact})` : filer)).join(", ") }) : t("rungContactText"), state: state(2), at: stepOf("filer_contacted")?.time, by: stepOf("filer_contacted")?.by, children: hit.state !== "reconsider" && act("contact", t("contactFiler")) },
    { key: "notify", title: t("rungNotify"), text: t("rungNotifyText"), state: state(3), at: told?.time, by: told?.by, children: act("notify", t("notify")) },
    {
      key: "wait",
      title: t("rungWait"),
      text: (
        <>
          {told && hit.wait_until && t("rungWaitText", { time: dateTime(hit.wait_until) })}
          {answers.map((one) => <Text key={one.time} size="sm" c="var(--mantine-color-text)">“{one.detail.note}” · {dateTime(one.time)}</Text>)}
        </>
      ),
      state: waits ? "here" : done >= 3 && !ended ? "done" : state(4),
      children: answer,
    },
    {
      key: "decide",
      title: hit.state === "reconsider" ? t("rungReconsider") : t("rungDecide"),
      text: hit.decision ? (
        <>
          <Text size="sm" fw={550} c="var(--mantine-color-text)">{hit.decision.outcome && t(`hitOutcome.${hit.decision.outcome}`)}</Text>
          <Text size="sm" style={{ whiteSpace: "pre-line" }}>{hit.decision.reasons}</Text>
        </>
      ) : (
        t("rungDecideText")
      ),
      state: hit.state === "reconsider" ? "here" : waits ? "ahead" : state(4),
      at: hit.decision?.time,
      children: (
        <>
          {act("decide", t("decide"))}
          {hit.state === "reconsider" && act("contact", t("contactFiler"))}
          {act("reconsider", t("reconsider"))}
        </>
      ),
    },
  ];
}

/** What the server says is right and wrong to do at this step. */
function Rights({ hit }: { hit: Hit }) {
  const { t } = useTranslation("screening");
  const parts = [
    { words: hit.may, title: t("mayTitle"), icon: IconCheck, color: "teal" },
    { words: hit.may_not, title: t("mayNotTitle"), icon: IconX, color: "red" },
  ];
  return (
    <Card>
      <Stack gap="md">
        {parts.filter(({ words }) => words.length > 0).map(({ words, title, icon: Picture, color }) => (
          <div key={title}>
            <Title order={2} size="h3" mb={6}>{title}</Title>
            <List size="sm" spacing={6} center={false} icon={<ThemeIcon variant="light" color={color} size={20} radius="xl" aria-hidden><Picture size={13} /></ThemeIcon>}>
              {words.map((one) => <List.Item key={one.en}>{said(one)}</List.Item>)}
            </List>
          </div>
        ))}
      </Stack>
    </Card>
  );
}

function Done({ hit }: { hit: Hit }) {
  const { t } = useTranslation("screening");
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">{t("stepsTitle")}</Title>
      <Stack component="ol" gap="xs" m={0} p={0} style={{ listStyle: "none" }}>
        {[...hit.steps].reverse().map((step, index) => (
          <li key={`${step.time}-${index}`}>
            <Text size="sm">{t(`step.${step.kind}` as "title", { defaultValue: step.kind })}</Text>
            <Text size="xs" c="dimmed">
              {step.by && `${step.by} · `}
              {dateTime(step.time)}
              {step.detail.filer && ` · ${step.detail.filer}`}
              {step.detail.ended && ` · ${t("labelEnded")}: ${step.detail.ended}`}
              {step.detail.added && ` · ${t("labelAdded")}: ${step.detail.added}`}
              {step.detail.note && ` · ${step.detail.note}`}
            </Text>
          </li>
        ))}
      </Stack>
    </Card>
  );
}
