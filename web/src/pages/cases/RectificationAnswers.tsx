// What a supplier answered: containment, causes, actions, and the sub-suppliers beside our own records.
import { Alert, Badge, Card, Group, List, SimpleGrid, Stack, Table, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { SectionHeader } from "@/parts/SectionHeader";
import { dateTime } from "@/parts/times";
import classes from "./cases.module.css";

type Rectification = Schemas["Rectification"];

export function Answers({ found }: { found: Rectification }) {
  const { t } = useTranslation("cases");
  const weak = found.actions.length > 0 && found.actions.every(({ kind }) => kind === "training");
  return (
    <>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Part title={t("containment")} empty={found.containment.length === 0}>
          {found.containment.map((action, at) => (
            <Work key={at} text={action.text} owner={action.owner} due={action.due_at} done={action.done_at} proof={action.proof} />
          ))}
        </Part>
        <Stack gap="lg">
          <Part title={t("occurrence")} empty={found.occurrence.length === 0}>
            <Causes causes={found.occurrence} />
          </Part>
          <Part title={t("escape")} empty={found.escape.length === 0}>
            <Causes causes={found.escape} />
          </Part>
        </Stack>
      </SimpleGrid>
      <Part title={t("actions")} empty={found.actions.length === 0}>
        {weak && <Alert color="yellow">{t("weak")}</Alert>}
        {found.actions.map((action, at) => (
          <Work key={at} text={action.text} owner={action.owner} due={action.due_at} done={action.done_at} proof={action.evidence} kind={t(`actionKind.${action.kind}`)} />
        ))}
      </Part>
      <FlowDown found={found} />
    </>
  );
}

function Part({ title, empty, children }: { title: string; empty: boolean; children: React.ReactNode }) {
  const { t } = useTranslation("cases");
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">
        {title}
      </Title>
      {empty ? (
        <Text size="sm" c="dimmed">
          {t("nothingYet")}
        </Text>
      ) : (
        <Stack gap="md">{children}</Stack>
      )}
    </Card>
  );
}

function Causes({ causes }: { causes: Schemas["RectificationCause"][] }) {
  return (
    <List size="sm" spacing="xs">
      {causes.map((cause, at) => (
        <List.Item key={at}>
          {cause.text}
          {cause.method && (
            <Text span size="xs" c="dimmed">
              {" "}
              · {cause.method}
            </Text>
          )}
        </List.Item>
      ))}
    </List>
  );
}

interface WorkProps {
  text: string;
  owner: string;
  due?: string | null;
  done?: string | null;
  proof?: string;
  kind?: string;
}

function Work({ text, owner, due, done, proof, kind }: WorkProps) {
  const { t } = useTranslation("cases");
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <Stack gap={2} miw={0}>
        <Text size="sm" className={classes.prose}>
          {text}
        </Text>
        <Text size="xs" c="dimmed">
          {[owner, kind, due && t("dueBy", { time: dateTime(due) })].filter(Boolean).join(" · ")}
        </Text>
        {proof && (
          <Text size="xs" style={{ overflowWrap: "anywhere" }}>
            {t("proof")}: {proof}
          </Text>
        )}
      </Stack>
      {done && <Badge color="teal">{t("done", { time: dateTime(done) })}</Badge>}
    </Group>
  );
}

function FlowDown({ found }: { found: Rectification }) {
  const { t } = useTranslation("cases");
  if (found.flow_down.length === 0) return null;
  const word = (yes: boolean) => <Badge color={yes ? "teal" : "gray"}>{yes ? t("yes") : t("no")}</Badge>;
  return (
    <Card>
      <SectionHeader title={t("flowDown")} text={t("flowDownText")} />
      <Table.ScrollContainer minWidth={620} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table aria-label={t("flowDown")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("supplier")}</Table.Th>
              <Table.Th>{t("signedAgain")}</Table.Th>
              <Table.Th>{t("recalled")}</Table.Th>
              <Table.Th>{t("ourRecords")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.flow_down.map((one) => (
              <Table.Tr key={one.supplier}>
                <Table.Td>
                  <Text size="sm" fw={550}>
                    {one.name}
                  </Text>
                  <Group gap={6}>
                    <Text size="xs" c="dimmed">
                      {[t("tier", { tier: one.tier }), one.parent_name].filter(Boolean).join(" · ")}
                    </Text>
                    {one.leaf && (
                      <Badge size="sm" color="violet">
                        {t("isLeaf")}
                      </Badge>
                    )}
                  </Group>
                  {one.note && <Text size="xs">{one.note}</Text>}
                </Table.Td>
                <Table.Td>{word(one.commitment_signed)}</Table.Td>
                <Table.Td>{word(one.copies_recalled)}</Table.Td>
                <Table.Td>
                  <Text size="sm" c={one.in_force_since ? undefined : "orange"}>
                    {one.in_force_since ? t("inForceSince", { time: dateTime(one.in_force_since) }) : t("notSigned")}
                  </Text>
                  <Text size="sm" c={one.open_copies > 0 ? "orange" : "dimmed"}>
                    {t("openCopies", { count: one.open_copies })}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}
