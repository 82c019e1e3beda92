// A case on paper: everything but internal notes, in one column, without the frame of the pages.
import { Anchor, Button, Center, Group, List, Loader, Stack, Table, Text, Title } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router-dom";
import { currentLocale } from "@/i18n";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { money } from "@/parts/money";
import { dateOnly, dateTime } from "@/parts/times";
import { useSession } from "@/session/session";
import "@/texts/states";
import { type Case, useCaseQuery } from "./acts";
import classes from "./print.module.css";
import { changesBy } from "./taken";
import { Tables } from "./GraphTab";
import { inOrder } from "./moments";

export function Component() {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const { case: id = "" } = useParams();
  const query = useCaseQuery(id);
  if (query.error) return <Failure error={query.error} />;
  if (!query.data) {
    return (
      <Center mih={240}>
        <Loader role="status" aria-label={common("loading")} />
      </Center>
    );
  }
  return (
    <div className={classes.paper}>
      <Group justify="space-between" className={classes.screenOnly} mb="lg">
        <Anchor component={Link} to={`/cases/${id}`} size="sm">
          {common("back")}
        </Anchor>
        <Button leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
          {t("print")}
        </Button>
      </Group>
      <Paper found={query.data} />
    </div>
  );
}

function Paper({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const { t: states } = useTranslation("states");
  const { session } = useSession();
  return (
    <Stack gap="xl">
      <header>
        <Text size="sm">
          {session.organisation} · {t("printTitle", { number: found.number })} · {t("printedAt", { time: dateTime(new Date()) })}
        </Text>
        <Title order={1}>{found.title}</Title>
      </header>
      <Facts
        facts={[
          [t("kindLabel"), t(`kind.${found.kind}`)],
          [t("severity"), states(`severity.${found.severity}`)],
          [states("case.open"), dateTime(found.opened_at)],
          [t("owner"), found.owner?.name],
          [t("reviewer"), found.reviewer?.name],
          [t("fromLeak", { number: "" }).trim(), found.leak_number],
          [t("summary"), found.summary],
        ]}
      />
      <Section title={t("tab.parties")} shown={found.parties.length > 0}>
        <List size="sm">
          {found.parties.map((party) => (
            <List.Item key={party.id}>
              {[party.name, party.organisation, t(`role.${party.role}`), party.accused && t("accused"), party.commitment_number].filter(Boolean).join(", ")}
            </List.Item>
          ))}
        </List>
      </Section>
      <Section title={t("tab.timeline")} shown={found.timeline.length > 0}>
        <Table withTableBorder>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("happenedAt")}</Table.Th>
              <Table.Th>{t("discoveredAt")}</Table.Th>
              <Table.Th>{t("momentWhat")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {inOrder(found.timeline, "happened").map((moment) => (
              <Table.Tr key={moment.id}>
                <Table.Td>{moment.happened_at ? dateTime(moment.happened_at) : "–"}</Table.Td>
                <Table.Td>{dateTime(moment.discovered_at)}</Table.Td>
                <Table.Td>
                  {moment.withdrawn && `${t("momentWithdrawn")}: `}
                  {currentLocale() === "zh" && moment.what_zh ? moment.what_zh : moment.what}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Section>
      <Section title={t("tab.evidence")} shown={found.evidence.length > 0}>
        <List size="sm">
          {found.evidence.map((piece) => (
            <List.Item key={piece.evidence}>
              {[piece.title, piece.what].filter(Boolean).join(" – ")}
              <Text size="xs" ff="monospace" style={{ overflowWrap: "anywhere" }}>
                SHA-256 {piece.sha256}
              </Text>
            </List.Item>
          ))}
        </List>
      </Section>
      <Section title={t("tab.graph")} shown={found.graph.nodes.length > 0}>
        <Tables graph={found.graph} />
      </Section>
      <Section title={t("claimTitle")} shown={Boolean(found.claim)}>
        <Text size="sm" style={{ whiteSpace: "pre-line" }}>
          {found.claim?.text}
        </Text>
      </Section>
      <Section title={t("replies")} shown={found.replies.length > 0}>
        {found.replies.map((reply) => (
          <Text key={reply.id} size="sm" style={{ whiteSpace: "pre-line" }}>
            {reply.party_name}, {dateTime(reply.received_at)}: {reply.text}
          </Text>
        ))}
      </Section>
      <Section title={t("decisionTitle")} shown={Boolean(found.decision)}>
        {found.decision && (
          <Stack gap={4}>
            <Text fw={600}>{t(`finding.${found.decision.finding}`)}</Text>
            <Text size="sm" style={{ whiteSpace: "pre-line" }}>
              {found.decision.reasons}
            </Text>
            <Text size="sm">
              {t("proposedBy", { name: found.decision.proposed_by?.name ?? "", time: dateTime(found.decision.decided_at) })} ·{" "}
              {t("agreedBy", { name: found.decision.agreed_by?.name ?? "", time: dateTime(found.decision.decided_at) })}
            </Text>
          </Stack>
        )}
      </Section>
      <Section title={t("tab.consequences")} shown={found.consequences.length > 0}>
        <List size="sm">
          {found.consequences.map((consequence) => (
            <List.Item key={consequence.id}>
              {[
                t(`consequence.${consequence.kind}`),
                consequence.party_name,
                consequence.amount && `${t("dueAmount")} ${money(consequence.amount.due)}, ${t("outstanding")} ${money(consequence.amount.outstanding)}`,
                consequence.text,
                states(`consequence.${consequence.state}`),
              ]
                .filter(Boolean)
                .join(" – ")}
            </List.Item>
          ))}
        </List>
      </Section>
      <Section title={t("holds")} shown={found.holds.length > 0}>
        <List size="sm">
          {found.holds.map((hold) => (
            <List.Item key={hold.id}>
              {[hold.party_name, hold.reason, t("holdSince", { name: hold.by?.name ?? "", time: dateTime(hold.since) }), hold.ended_at && t("holdEnded", { name: hold.ended_by ?? "", time: dateTime(hold.ended_at) })].filter(Boolean).join(" – ")}
            </List.Item>
          ))}
        </List>
      </Section>
      <Section title={t("appealTitle")} shown={found.appeals.length > 0}>
        {found.appeals.map((appeal) => (
          <Text key={appeal.id} size="sm" style={{ whiteSpace: "pre-line" }}>
            {appeal.party_name}, {dateTime(appeal.filed_at)}: {appeal.text}
            {appeal.reasons && `\n${appeal.decided_by?.name ?? ""}: ${appeal.reasons}`}
          </Text>
        ))}
      </Section>
      <Section title={t("stages")} shown={found.stages.length > 0}>
        <List size="sm">
          {found.stages.map((stage) => (
            <List.Item key={stage.id}>
              {[
                t("pair", { what: t(`stageKind.${stage.kind}`), value: stage.body }),
                stage.ended_at ? t("stageTime", { from: dateOnly(stage.opened_at), until: dateOnly(stage.ended_at) }) : t("stageSince", { from: dateOnly(stage.opened_at) }),
                stage.outcome && t(`outcome.${stage.outcome}`),
                stage.text,
                ...changesBy(found, stage).map(({ party_name, change }) => `${t("takenOff", { name: party_name, amount: money(change.taken_off) })}, ${t("thenDue", { amount: money(change.due) })}`),
              ]
                .filter(Boolean)
                .join(" – ")}
            </List.Item>
          ))}
        </List>
      </Section>
    </Stack>
  );
}

function Section({ title, shown, children }: { title: string; shown: boolean; children: React.ReactNode }) {
  if (!shown) return null;
  return (
    <section className={classes.section}>
      <Title order={2} size="h3" mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}
