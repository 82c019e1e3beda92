// One commitment: who has signed, its text and terms, and the evidence of every step.
import { Alert, Anchor, Badge, Button, Card, Center, Code, Collapse, Group, Loader, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBan, IconBell, IconFileTypePdf, IconQrcode, IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { Agreement } from "@/parts/Agreement";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { InLog } from "@/parts/InLog";
import { Countdown } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { SectionHeader } from "@/parts/SectionHeader";
import { StateBadge } from "@/parts/States";
import { dateTime } from "@/parts/times";
import "@/texts/commitments";
import "@/texts/projects";
import "@/texts/states";
import { useProjectQuery } from "../projects/ProjectLayout";
import { type Commitment, may, useCommitmentActs } from "./acts";
import { CommitmentMenu, documentAddress } from "./CommitmentMenu";
import { LinkDialog } from "./LinkDialog";
import classes from "./send.module.css";

export function Component() {
  const { t: common } = useTranslation();
  const { commitment: id = "" } = useParams();
  const query = useQuery({
    queryKey: ["commitment", id],
    queryFn: ({ signal }) => body(api.GET("/commitments/{commitment}", { signal, params: { path: { commitment: id } } })),
  });
  if (query.error && !query.data) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) {
    return (
      <Center mih={240}>
        <Loader role="status" aria-label={common("loading")} />
      </Center>
    );
  }
  return <Page detail={query.data} />;
}

function Page({ detail }: { detail: Schemas["CommitmentDetail"] }) {
  const { t } = useTranslation("commitments");
  const { commitment, evidence, text, text_hash } = detail;
  const acts = useCommitmentActs(commitment);
  const [linking, link] = useDisclosure();
  const project = useProjectQuery(commitment.project);
  return (
    <>
      <PageHeader
        title={`${commitment.party_name}`}
        back={{ to: `/projects/${commitment.project}/commitments`, label: project.data?.name ?? t("list") }}
        badge={<StateBadge of="commitment" state={commitment.state} />}
        text={`${commitment.number} · ${commitment.title}`}
      >
        {may.send(commitment.state) && (
          <Button leftSection={<IconSend size={16} />} onClick={acts.send}>
            {t("sendDraft")}
          </Button>
        )}
        {may.remind(commitment.state) && (
          <Button variant="default" leftSection={<IconBell size={16} />} loading={acts.remind.isPending} onClick={() => acts.remind.mutate(undefined)}>
            {t("remind")}
          </Button>
        )}
        {may.link(commitment.state) && (
          <Button variant="default" leftSection={<IconQrcode size={16} />} onClick={link.open}>
            {t("getLink")}
          </Button>
        )}
        <Button component="a" href={documentAddress(commitment)} target="_blank" rel="noopener" variant="default" leftSection={<IconFileTypePdf size={16} />}>
          {t("pdf")}
        </Button>
        <CommitmentMenu commitment={commitment} large />
      </PageHeader>
      {commitment.decline_reason && (
        <Alert color="orange" icon={<IconBan size={18} />} title={t("declineReason")} mb="lg">
          {commitment.decline_reason}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack gap="lg">
          <Signatories commitment={commitment} />
          <TermsCard commitment={commitment} project={project.data?.name} />
          <FullText text={text} hash={text_hash} locale={commitment.locale} />
        </Stack>
        <Stack gap="lg">
          <Evidence events={evidence} />
          <InLog subject={commitment.id} read="read_commitments" />
        </Stack>
      </SimpleGrid>
      <LinkDialog commitment={commitment} opened={linking} onClose={link.close} />
    </>
  );
}

function Signatories({ commitment }: { commitment: Commitment }) {
  const { t } = useTranslation("commitments");
  const { t: states } = useTranslation("states");
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">
        {t("signatories")}
      </Title>
      <Stack gap="sm">
        {commitment.signatories.map((signatory) => (
          <Group key={signatory.id} justify="space-between" wrap="nowrap" align="flex-start">
            <div>
              {signatory.party ? (
                <Anchor component={Link} to={`/parties/${signatory.party}`} size="sm" fw={550} c="inherit">
                  {signatory.name}
                </Anchor>
              ) : (
                <Text size="sm" fw={550}>
                  {signatory.name}
                </Text>
              )}
              <Text size="xs" c="dimmed">
                {[states(`signatoryRole.${signatory.role}`), signatory.email].filter(Boolean).join(" · ")}
              </Text>
              {signatory.signed_at && (
                <Text size="xs" c="dimmed" className="figures">
                  {signatory.signed_name && `${t("signedAs", { name: signatory.signed_name })}, `}
                  {dateTime(signatory.signed_at)}
                </Text>
              )}
            </div>
            <StateBadge of="signatory" state={signatory.state} />
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

function TermsCard({ commitment, project }: { commitment: Commitment; project?: string }) {
  const { t } = useTranslation("commitments");
  const { t: states } = useTranslation("states");
  const { t: projects } = useTranslation("projects");
  const { t: common } = useTranslation();
  const { terms } = commitment;
  const zone = terms?.embargo_zone || "UTC";
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">
          {t("termsTable")}
        </Title>
        <Group gap={6}>
          {commitment.version > 1 && <Badge color="gray">{t("version", { version: commitment.version })}</Badge>}
          {commitment.on_paper && <Badge color="gray">{t("onPaper")}</Badge>}
        </Group>
      </Group>
      <Facts
        facts={[
          [t("project"), <Anchor component={Link} size="sm" to={`/projects/${commitment.project}`}>{project ?? t("project")}</Anchor>],
          [t("organisation"), commitment.organisation_name],
          [t("locale"), commitment.locale === "zh" ? "中文" : "English"],
          [
            t("replaces"),
            commitment.replaces ? <Anchor component={Link} size="sm" to={`/commitments/${commitment.replaces}`}>{common("open")}</Anchor> : null,
          ],
          [
            t("invitedBy"),
            commitment.invited_by ? <Anchor component={Link} size="sm" to={`/commitments/${commitment.invited_by}`}>{common("open")}</Anchor> : null,
          ],
          ...(terms
            ? ([
                [t("channels"), terms.channels.map((channel) => states(`channel.${channel}`)).join(", ")],
                [
                  t("embargoAt"),
                  terms.embargo_at ? (
                    <>
                      {dateTime(terms.embargo_at, zone)} {zone}
                      {"\n"}
                      {dateTime(terms.embargo_at, "UTC")} UTC{"\n"}
                      <Countdown at={terms.embargo_at} lifted={projects("lifted")} />
                    </>
                  ) : (
                    t("embargoNone")
                  ),
                ],
                [t("money"), terms.amount ? `${terms.currency ?? ""} ${terms.amount}` : null],
                [t("liable"), states(`liable.${terms.liable}`)],
                [t("subSuppliersShort"), terms.sub_suppliers_sign ? common("yes") : common("no")],
                [t("colleaguesShort"), terms.may_invite_colleagues ? common("yes") : common("no")],
              ] as [string, React.ReactNode][])
            : []),
          [t("signBy"), commitment.sign_by ? dateTime(commitment.sign_by) : null],
          [t("sent"), commitment.sent_at ? dateTime(commitment.sent_at) : null],
          [t("inForceSince"), commitment.in_force_at ? dateTime(commitment.in_force_at) : null],
          [t("created"), dateTime(commitment.created_at)],
        ]}
      />
    </Card>
  );
}

function FullText({ text, hash, locale }: { text: Schemas["RenderedText"]; hash: string; locale: string }) {
  const { t } = useTranslation("commitments");
  const { t: common } = useTranslation();
  const [opened, { toggle }] = useDisclosure();
  return (
    <Card>
      <Group justify="space-between">
        <Title order={2} size="h3">
          {t("fullText")}
        </Title>
        <Button size="xs" variant="default" onClick={toggle} aria-expanded={opened}>
          {opened ? common("close") : common("open")}
        </Button>
      </Group>
      {hash && (
        <Text size="xs" c="dimmed" mt="xs">
          {t("textHash")}: <Code className={classes.hash}>{hash}</Code>
        </Text>
      )}
      <Collapse in={opened}>
        <Stack pt="md">
          <Agreement text={text} lang={locale} />
        </Stack>
      </Collapse>
    </Card>
  );
}

function Evidence({ events }: { events: Schemas["EvidenceEvent"][] }) {
  const { t, i18n } = useTranslation("commitments");
  const named = (kind: string) => {
    const key = `commitments:step.${kind.split(".").pop() ?? kind}`;
    return i18n.exists(key) ? i18n.t(key as never) : kind;
  };
  return (
    <Card>
      <SectionHeader title={t("evidence")} text={t("evidenceText")} />
      <ol className={classes.evidence}>
        {events.map((event) => (
          <li key={event.sequence}>
            <Text size="sm" fw={550}>
              {String(named(event.kind))}
            </Text>
            <Text size="xs" c="dimmed" className="figures">
              {dateTime(event.time, "UTC")} UTC · {event.actor}
              {event.address && ` · ${t("address", { address: event.address })}`}
            </Text>
            {event.agent && (
              <Text size="xs" c="dimmed" lineClamp={1}>
                {event.agent}
              </Text>
            )}
            <Text size="xs" c="dimmed" ff="monospace" className={classes.hash}>
              {event.hash.slice(0, 16)}…
            </Text>
          </li>
        ))}
      </ol>
    </Card>
  );
}
