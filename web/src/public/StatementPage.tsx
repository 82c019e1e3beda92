// /statements/<id>: what was published, what followed, and whether it is genuine.
import { Alert, Anchor, Badge, Button, Center, Group, Loader, Paper, Stack, Text, Title } from "@mantine/core";
import { IconArrowRight, IconPrinter } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router-dom";
import { asApiError } from "@/api/errors";
import { EmptyState } from "@/parts/EmptyState";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { dateTime, ownZone } from "@/parts/times";
import { IconFileUnknown } from "@tabler/icons-react";
import { Checks } from "./Checks";
import { HeldFile } from "./HeldFile";
import { PublicShell } from "./PublicShell";
import { labelOf, textOf, titleOf, useStatement, type Statement, type StatementLink } from "./queries";
import "@/portal/texts";
import "./texts";
import classes from "./public.module.css";

const colors = { original: "gray", paid: "teal", rectified: "teal", overturned: "red", corrected: "yellow" } as const;

function Relation({ relation }: { relation: StatementLink["relation"] }) {
  const { t } = useTranslation("public");
  return <Badge color={colors[relation]} variant="light" tt="none">{t(`relation_${relation}`)}</Badge>;
}

/** What followed it, above everything else: equal prominence. */
function Followers({ statement }: { statement: Statement }) {
  const { t } = useTranslation("public");
  const followers = statement.chain.filter(({ follows }) => follows === statement.id);
  return (
    <>
      {followers.map((one) => (
        <Alert key={one.id} color={colors[one.relation] === "gray" ? "blue" : colors[one.relation]} variant="filled" autoContrast
          title={one.relation === "overturned" ? t("overturned") : one.relation === "corrected" ? t("corrected") : t("followed", { title: titleOf(one) })}>
          <Anchor component={Link} to={`/statements/${one.id}`} c="inherit" td="underline">{titleOf(one)}</Anchor> · {dateTime(one.published_at)}
        </Alert>
      ))}
    </>
  );
}

function Chain({ statement }: { statement: Statement }) {
  const { t } = useTranslation("public");
  if (statement.chain.length < 2) return null;
  return (
    <Paper component="section" withBorder p="lg" radius="md" aria-labelledby="chain">
      <Title order={2} size="h4" id="chain">{t("chain")}</Title>
      <Text size="sm" c="dimmed" mb="sm">{t("chainText")}</Text>
      <Stack component="ol" gap="xs" m={0} pl={20}>
        {statement.chain.map((one) => (
          <li key={one.id}>
            <Group gap="xs">
              <Relation relation={one.relation} />
              {one.id === statement.id ? (
                <Text span fw={600} aria-current="page">{titleOf(one)} ({t("thisOne")})</Text>
              ) : (
                <Anchor component={Link} to={`/statements/${one.id}`}>{titleOf(one)}</Anchor>
              )}
              <Text span size="sm" c="dimmed">{dateTime(one.published_at)}</Text>
            </Group>
          </li>
        ))}
      </Stack>
    </Paper>
  );
}

function Replies({ statement }: { statement: Statement }) {
  const { t } = useTranslation("public");
  if (!statement.replies?.length) return null;
  return (
    <section aria-labelledby="replies">
      <Title order={2} size="h4" id="replies" mb="xs">{t("reply")}</Title>
      <Stack gap="sm">
        {statement.replies.map((reply, i) => (
          <Paper key={i} withBorder p="md" radius="md">
            <Text size="sm" fw={600}>{t("replyOf", { name: labelOf(reply) })}</Text>
            {reply.given ? <Text className={classes.body} lang="">{reply.text}</Text> : <Text c="dimmed">{t("noReply")}</Text>}
          </Paper>
        ))}
      </Stack>
    </section>
  );
}

function Removed({ statement }: { statement: Statement }) {
  const { t } = useTranslation("public");
  const { tombstone } = statement;
  return (
    <Stack gap="md" component="article">
      <Text size="sm" c="dimmed" className="figures">{t("tombstoneNumber", { number: statement.number })}</Text>
      <Title order={1}>{t("tombstone")}</Title>
      {tombstone && (
        <Paper p="lg" radius="md">
          <Facts
            facts={[
              [t("tombstonePublished"), `${dateTime(statement.published_at)} ${ownZone}`],
              [t("tombstoneRemoved"), `${dateTime(tombstone.at)} ${ownZone}`],
              [t("tombstoneGrounds"), t(`tombstoneGrounds_${tombstone.grounds}`)],
              [t("tombstoneReason"), tombstone.reason],
            ]}
          />
        </Paper>
      )}
      <Text c="dimmed">{t("tombstoneText")}</Text>
    </Stack>
  );
}

function Published({ statement }: { statement: Statement }) {
  const { t } = useTranslation("public");
  const text = textOf(statement);
  return (
    <Stack component="article" gap="md">
      <Group gap="xs">
        <Relation relation={statement.relation} />
        <Text size="sm" c="dimmed">{t("number")} {statement.number} · {t("published")} {dateTime(statement.published_at)} {ownZone}</Text>
      </Group>
      <Title order={1} style={{ overflowWrap: "anywhere" }}>{text?.title ?? statement.number}</Title>
      {statement.parties.length > 0 && (
        <Group gap="xs" aria-label={t("parties")}>
          {statement.parties.map((party, i) => <Badge key={i} variant="default" tt="none" size="lg">{labelOf(party)}</Badge>)}
        </Group>
      )}
      <Text className={classes.body}>{text?.body}</Text>
      <Group className={classes.noPrint}>
        {statement.pdf && <Button component="a" href={statement.pdf.url} variant="default" rightSection={<IconArrowRight size={16} />}>{t("document")}</Button>}
        <Button variant="subtle" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>{t("print")}</Button>
      </Group>
    </Stack>
  );
}

export function Component() {
  const { statement: id = "" } = useParams();
  const { t } = useTranslation("public");
  const { data: statement, error, refetch } = useStatement(id);
  const title = statement === undefined ? "" : (textOf(statement)?.title ?? statement.number);
  useEffect(() => {
    if (title) document.title = `${title} · ${statement?.organisation.name ?? ""}`;
  }, [title, statement?.organisation.name]);
  const gone = error !== null && asApiError(error).status === 404;
  return (
    <PublicShell organisation={statement?.organisation}>
      {statement === undefined ? (
        gone ? (
          <EmptyState icon={IconFileUnknown} title={t("missing")} text={t("missingText")}>
            <Button component={Link} to="/statements">{t("listTitle")}</Button>
          </EmptyState>
        ) : error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : (
          <Center mih="40dvh"><Loader role="status" aria-label={t("checking")} /></Center>
        )
      ) : (
        <Stack gap="xl">
          <Followers statement={statement} />
          {statement.state === "tombstoned" ? <Removed statement={statement} /> : <Published statement={statement} />}
          <Replies statement={statement} />
          <Chain statement={statement} />
          {statement.state === "published" && <Checks statement={statement} />}
          <HeldFile organisation={statement.organisation.name} />
        </Stack>
      )}
    </PublicShell>
  );
}
