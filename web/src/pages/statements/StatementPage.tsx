// One statement: its text in two languages, how people are called, who approved it, what comes before and after.
import { Alert, Anchor, Card, Center, Code, Group, Loader, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconBan, IconFileOff, IconRubberStamp } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { currentLocale } from "@/i18n";
import { CopyField } from "@/parts/CopyField";
import { EmptyState } from "@/parts/EmptyState";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { InLog } from "@/parts/InLog";
import { PageHeader } from "@/parts/PageHeader";
import { SectionHeader } from "@/parts/SectionHeader";
import { StateBadge } from "@/parts/States";
import { dateTime } from "@/parts/times";
import { useMay } from "@/session/permissions";
import "@/texts/statements";
import { Acts } from "./Acts";
import { Editor } from "./Editor";
import { Paper } from "./Paper";
import { RemovalRequest } from "./Removal";
import { titleOf } from "./StatementsPage";

export type Detail = Schemas["StatementDetail"];

export function Component() {
  const { t: common } = useTranslation();
  const { statement: id = "" } = useParams();
  const query = useQuery({
    queryKey: ["statement", id],
    queryFn: ({ signal }) => body(api.GET("/statements/{statement}", { signal, params: { path: { statement: id } } })),
    refetchInterval: (asked) => (asked.state.data?.statement.state === "sealing" ? 2_000 : false),
  });
  if (query.data) return <Page detail={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Center mih={240}>
      <Loader role="status" aria-label={common("loading")} />
    </Center>
  );
}

function Page({ detail }: { detail: Detail }) {
  const { t } = useTranslation("statements");
  const { statement } = detail;
  return (
    <>
      <PageHeader
        title={titleOf(statement)}
        back={{ to: "/publishing", label: t("title") }}
        badge={<StateBadge of="statement" state={statement.state} />}
        text={`${statement.number} · ${t(`relation.${statement.relation}`)} · ${t(`kind.${statement.kind}`)}`}
      >
        <Acts detail={detail} />
      </PageHeader>
      <Stack gap="lg">
        {statement.state === "sealing" && (
          <Alert color="indigo" icon={<IconRubberStamp size={18} />} title={t("sealing")} role="status">
            {detail.sealing_note || t("publishing")}
          </Alert>
        )}
        <RemovalRequest detail={detail} />
        {detail.tombstone && (
          <Alert color="red" icon={<IconBan size={18} />} title={t("removedAt", { time: dateTime(detail.tombstone.at) })}>
            <Text size="sm">
              {t(`grounds.${detail.tombstone.grounds}`)}: <q>{detail.tombstone.reason}</q>
            </Text>
          </Alert>
        )}
        {detail.withdrawn_reason && <Alert color="gray">{t("withdrawnBecause", { reason: detail.withdrawn_reason })}</Alert>}
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
          {detail.may.includes("edit") ? <Editor key={statement.id} detail={detail} /> : detail.tombstone ? <Gone /> : <Paper texts={detail.texts} detail={detail} />}
          <Stack gap="lg">
            <Hindrances detail={detail} />
            <Approvals detail={detail} />
            <Seal detail={detail} />
            <InLog subject={statement.id} read="read_statements" />
            <Chain detail={detail} />
          </Stack>
        </SimpleGrid>
      </Stack>
    </>
  );
}

function Gone() {
  const { t } = useTranslation("statements");
  return (
    <Card>
      <EmptyState icon={IconFileOff} title={t("gone")} text={t("removedKeeps")} />
    </Card>
  );
}

function Hindrances({ detail }: { detail: Detail }) {
  const { t } = useTranslation("statements");
  if (detail.hindrances.length === 0) return null;
  return (
    <Alert color="yellow" title={t("hindrances")}>
      <Stack gap={6}>
        {detail.hindrances.map((hindrance, at) => (
          <Text key={at} size="sm">
            {currentLocale() === "zh" && hindrance.message_zh ? hindrance.message_zh : hindrance.message}
            {hindrance.until && (
              <Text span inherit fw={600} className="figures">
                {" "}
                {t("until", { time: dateTime(hindrance.until) })}
              </Text>
            )}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}

function Approvals({ detail }: { detail: Detail }) {
  const { t } = useTranslation("statements");
  const may = useMay();
  const { statement } = detail;
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">
          {t("whoApproves")}
        </Title>
        <Text size="sm" c="dimmed" className="figures">
          {t("approvalsOf", { given: detail.approvals.length })}
        </Text>
      </Group>
      {detail.approvals.length === 0 && <Text size="sm">{t("nobodyYet")}</Text>}
      <Stack gap={6} mb="md">
        {detail.approvals.map((approval) => (
          <Text key={approval.account} size="sm">
            {approval.name}{" "}
            <Text span c="dimmed" size="xs" className="figures">
              {dateTime(approval.at)}
            </Text>
          </Text>
        ))}
      </Stack>
      <Facts
        facts={[
          [
            t("caseLabel"),
            may("read_cases") ? (
              <Anchor component={Link} to={`/cases/${statement.case}`} inherit>
                {statement.case_number}
              </Anchor>
            ) : (
              statement.case_number
            ),
          ],
          [t("created"), [statement.drafted_by, dateTime(statement.created_at)].filter(Boolean).join(", ")],
          [t("published"), statement.published_at ? dateTime(statement.published_at) : null],
          [t("contentHash"), detail.content_hash && !detail.tombstone ? <Code style={{ overflowWrap: "anywhere" }}>{detail.content_hash}</Code> : null],
        ]}
      />
    </Card>
  );
}

function Seal({ detail }: { detail: Detail }) {
  const { t } = useTranslation("statements");
  if (!detail.pdf_sha256 && !detail.public_url) return null;
  const { id } = detail.statement;
  return (
    <Card>
      <Group gap="xs" mb="sm">
        <IconRubberStamp size={18} stroke={1.7} aria-hidden />
        <Title order={2} size="h3">
          {t("proof")}
        </Title>
      </Group>
      <Stack gap="md">
        <Facts
          facts={[
            [t("pdfHash"), detail.pdf_sha256 ? <Code style={{ overflowWrap: "anywhere" }}>{detail.pdf_sha256}</Code> : null],
            [t("logIndex"), detail.log_index ?? null],
          ]}
        />
        {detail.public_url && (
          <>
            <CopyField label={t("publicPage")} value={new URL(detail.public_url, window.location.origin).href} />
            <Group align="center" gap="lg">
              <img src={`/api/v1/public/statements/${id}/qr.svg`} width={120} height={120} alt={t("publicQr")} style={{ background: "#fff", padding: 6, borderRadius: 8 }} />
              <Stack gap={6}>
                <Anchor href={detail.public_url} target="_blank" rel="noopener" size="sm">
                  {t("publicPage")}
                </Anchor>
                {detail.pdf_sha256 && !detail.tombstone && (
                  <Anchor href={`/api/v1/public/statements/${id}/statement.pdf`} target="_blank" rel="noopener" size="sm">
                    {t("sealedPdf")}
                  </Anchor>
                )}
              </Stack>
            </Group>
          </>
        )}
      </Stack>
    </Card>
  );
}

function Chain({ detail }: { detail: Detail }) {
  const { t } = useTranslation("statements");
  if (detail.chain.length < 2) return null;
  return (
    <Card>
      <SectionHeader title={t("chain")} text={t("chainText")} />
      <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
        {detail.chain.map((link) => (
          <Group component="li" key={link.id} justify="space-between" wrap="nowrap" align="flex-start">
            <Stack gap={0} miw={0}>
              {link.id === detail.statement.id ? (
                <Text size="sm" fw={600}>
                  {titleOf(link)} ({t("thisOne")})
                </Text>
              ) : (
                <Anchor component={Link} to={`/publishing/${link.id}`} size="sm">
                  {titleOf(link)}
                </Anchor>
              )}
              <Text size="xs" c="dimmed" className="figures">
                {[link.number, t(`relation.${link.relation}`), link.published_at && dateTime(link.published_at)].filter(Boolean).join(" · ")}
              </Text>
            </Stack>
            <StateBadge of="statement" state={link.state} />
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
