// One filing: what is stated, the four tests with their evidence, what happens next and until when.
import { ActionIcon, Alert, Anchor, Button, Card, Center, Divider, Grid, Group, Loader, Menu, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router-dom";
import { inOwnWords } from "@/api/errors";
import { currentLocale } from "@/i18n";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { LifeLadder } from "@/parts/LifeLadder";
import { PageHeader } from "@/parts/PageHeader";
import { StateBadge } from "@/parts/States";
import { dateOnly, dateTime, fileSize } from "@/parts/times";
import { useSession } from "@/session/session";
import { type Filing, useFiling, useFilingActs } from "./acts";
import { Evidence } from "./Evidence";
import { FilingForms, type FilingForm } from "./FilingForms";

export function Component() {
  const { t: common } = useTranslation();
  const { filing: id = "" } = useParams();
  const query = useFiling(id);
  if (query.data) return <Page found={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Center mih={240}><Loader role="status" aria-label={common("loading")} /></Center>;
}

function Page({ found }: { found: Filing }) {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  const [form, setForm] = useState<FilingForm | null>(null);
  const { filing } = found;
  return (
    <>
      <PageHeader title={found.subject.name || filing.number} badge={<StateBadge of="filing" state={filing.state} />} back={{ to: "/filings", label: t("title") }} text={[filing.number, words(`conduct.${filing.conduct}`), filing.case_number, filing.author].filter(Boolean).join(" · ")}>
        <Acts found={found} open={setForm} />
      </PageHeader>
      <Stack gap="md" mb="lg">
        {found.history_changed && <Alert color="red" icon={<IconAlertTriangle size={20} />}>{t("historyChanged")}</Alert>}
        {found.pending && <Pending found={found} />}
        {found.may.includes("edit") && <Hindrances found={found} />}
      </Stack>
      <Grid gutter="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <Evidence found={found} />
            <Stated found={found} open={setForm} />
            <Arrivals found={found} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            {found.listing && <Life found={found} />}
          </Stack>
        </Grid.Col>
      </Grid>
      <FilingForms found={found} form={form} onClose={() => setForm(null)} />
    </>
  );
}

function Acts({ found, open }: { found: Filing; open: (form: FilingForm) => void }) {
  const { t } = useTranslation("filings");
  const { t: common } = useTranslation();
  const acts = useFilingActs(found);
  const may = (verb: Filing["may"][number]) => found.may.includes(verb);
  const more: [Filing["may"][number], string, () => void, boolean][] = [
    ["correct", t("correct"), () => open("correct"), false],
    ["attest", t("attest"), acts.attest, false],
    ["suspend", t("suspend"), acts.suspend, false],
    ["resume", t("resume"), acts.resume, false],
    ["withdraw", t("withdraw"), acts.withdraw, true],
  ];
  const shown = more.filter(([verb]) => may(verb));
  return (
    <>
      {may("edit") && <Button variant="default" onClick={() => open("words")}>{t("edit")}</Button>}
      {may("submit") && <Button onClick={acts.submit} disabled={found.hindrances.length > 0}>{t("submit")}</Button>}
      {may("refuse") && <Button variant="default" color="red" onClick={acts.refuse}>{t("refuse")}</Button>}
      {may("approve") && <Button onClick={acts.approve}>{t("approve")}</Button>}
      {may("notice") && <Button onClick={() => open("notice")}>{t("notice")}</Button>}
      {may("answer") && <Button onClick={() => open("answer")}>{t("answer")}</Button>}
      {shown.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon variant="default" size="lg" aria-label={common("more")}><IconDots size={18} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            {shown.map(([verb, label, run, danger]) => <Menu.Item key={verb} {...(danger ? { color: "red" } : {})} onClick={run}>{label}</Menu.Item>)}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}

function Pending({ found }: { found: Filing }) {
  const { t } = useTranslation("filings");
  const acts = useFilingActs(found);
  const { pending } = found;
  if (!pending) return null;
  return (
    <Alert color="blue" title={t("pendingTitle")} role="status">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t("pendingText", { name: pending.by, attempts: pending.attempts, time: dateTime(pending.next_at) })}</Text>
        {pending.trouble && <Text size="sm">{inOwnWords(pending.trouble, pending.trouble_zh)}</Text>}
        {found.may.includes("retry") && <Button size="xs" variant="default" onClick={acts.retry}>{t("retry")}</Button>}
      </Stack>
    </Alert>
  );
}

function Hindrances({ found }: { found: Filing }) {
  const { t } = useTranslation("filings");
  const { session } = useSession();
  if (found.hindrances.length === 0) return <Alert color="teal" variant="light">{t("nothingMissing")}{found.filing.author === session.account.name && ` ${t("youWrote")}`}</Alert>;
  return (
    <Alert color="yellow" title={t("hindrances")}>
      <ul style={{ margin: 0, paddingInlineStart: 20 }}>
        {found.hindrances.map(({ code, message, message_zh }) => <li key={code}>{currentLocale() === "zh" ? message_zh : message}</li>)}
      </ul>
    </Alert>
  );
}

function Stated({ found, open }: { found: Filing; open: (form: FilingForm) => void }) {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  const { subject, words: said } = found;
  const edits = found.may.includes("edit");
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">{t("words")}</Title>
        {edits && subject.kind === "person" && <Button size="xs" variant="default" onClick={() => open("identifier")}>{subject.identifier_is_kept ? t("changeIdentifier") : t("enterIdentifier")}</Button>}
      </Group>
      <Facts
        facts={[
          [t("whom"), `${words(`kind.${subject.kind}`)} · ${subject.name || "–"}`],
          [t("identifier"), subject.kind === "person" && (subject.identifier_is_kept ? `${subject.identifier_kind ? words(`identifier.${subject.identifier_kind as "passport"}`) : ""} · ${t("identifierKept")}` : t("identifierNone"))],
          [t("enterprise"), subject.enterprise && [...subject.enterprise.names, subject.enterprise.credit_code, subject.enterprise.lei, subject.enterprise.registration].filter(Boolean).join(" · ")],
          [t("conduct"), `${words(`conduct.${said.conduct}`)} · ${words(`severity.${said.severity}`)} · ${t("keptYears", { years: words("years", { count: said.years }) })}`],
          [t("standardOfProof"), words(`standard.${said.standard_of_proof}`)],
          [t("intentional"), said.intentional_for_gain && "✓"],
          [t("facts"), said.facts && <span key="facts" style={{ whiteSpace: "pre-line" }}>{said.facts}</span>],
          [t("happenedAt"), said.happened_at && dateOnly(said.happened_at)],
          [t("decidedAt"), said.decided_at && dateOnly(said.decided_at)],
          [t("decidedBy"), said.decided_by],
          [t("endedHow"), said.ended_how && <span key="ended" style={{ whiteSpace: "pre-line" }}>{said.ended_how}</span>],
          [t("contact"), said.contact],
          [t("lastReason"), found.last_reason],
        ]}
      />
    </Card>
  );
}

function Arrivals({ found }: { found: Filing }) {
  const { t } = useTranslation("filings");
  if (found.arrivals.length === 0) return null;
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">{t("arrivals")}</Title>
      <Stack gap="xs">
        {found.arrivals.map((one) => (
          <div key={one.id}>
            <Anchor href={`/api/v1/filings/${found.filing.id}/documents/${one.id}`} download={one.name} size="sm">{t(`arrival.${one.kind}`)}: {one.name}</Anchor>
            <Text size="xs" c="dimmed">{fileSize(one.size_bytes)} · {dateTime(one.arrived_at)}</Text>
          </div>
        ))}
      </Stack>
    </Card>
  );
}

function Life({ found }: { found: Filing }) {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  const { listing } = found;
  if (!listing) return null;
  return (
    <>
      <Card>
        {listing.ladder.length > 0 && (
          <>
            <Title order={2} size="h3" mb="md">{words("ladder")}</Title>
            <LifeLadder rungs={listing.ladder} />
            <Divider my="md" />
          </>
        )}
        <Facts
          facts={[
            [t("noticeFact"), listing.notice && `${words(`way.${listing.notice.way}`)}, ${dateTime(listing.notice.recorded_at)}`],
            [t("waitsUntil"), listing.notice && dateTime(listing.notice.waits_until)],
            [t("activeSince"), listing.active_since && dateTime(listing.active_since)],
            [t("attestDue"), listing.active_since && listing.attest_due_at && dateOnly(listing.attest_due_at)],
            [t("expiresAt"), listing.active_since && listing.expires_at && dateOnly(listing.expires_at)],
            [t("actBy"), listing.act_by && dateTime(listing.act_by)],
            [t("appealAt"), listing.appeal && `${t(`appealStage.${listing.appeal.stage}`)}${listing.appeal.stage === "decided" ? ` · ${words(`outcome.${listing.appeal.outcome}`)}` : `, ${words("rungUntil", { time: dateTime(listing.appeal.due_at) })}`}`],
          ]}
        />
      </Card>
      <Card>
        <Title order={2} size="h3" mb="sm">{words("history")}</Title>
        <Stack component="ol" gap="xs" m={0} p={0} style={{ listStyle: "none" }}>
          {[...listing.steps].reverse().map((step, at) => (
            <li key={`${step.at}-${at}`}>
              <Text size="sm">{words(`step.${step.step}` as "ladder", { defaultValue: step.step })}</Text>
              <Text size="xs" c="dimmed">{words(`by.${step.by}`)} · {dateTime(step.at)}</Text>
            </li>
          ))}
        </Stack>
      </Card>
    </>
  );
}
