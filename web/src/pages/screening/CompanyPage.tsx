// The answer about a company: how sure, which entries resemble it, and why.
import { Alert, Anchor, Button, Card, Center, Group, Loader, Stack, Table, Text, Title } from "@mantine/core";
import { IconAlertCircle, IconCircleCheck, IconDownload, IconEye, IconHelpCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { InLog } from "@/parts/InLog";
import { PageHeader } from "@/parts/PageHeader";
import { said } from "@/parts/said";
import { StateBadge } from "@/parts/States";
import { count, dateOnly, dateTime } from "@/parts/times";
import { useMay } from "@/session/permissions";
import "@/texts/screening";
import { companyOf } from "./AskCompany";
import { nameOf } from "./CompaniesTab";

type Found = Schemas["CompanyQuery"];
const colours: Record<Schemas["CompanyLevel"], string> = { not_listed: "teal", another_company: "gray", possible: "yellow", likely: "orange", confirmed: "red", unreadable: "gray" };

export function Component() {
  const { t: common } = useTranslation();
  const { company: id = "" } = useParams();
  const query = useQuery({
    queryKey: ["company-question", id],
    queryFn: ({ signal }) => body(api.GET("/screening/companies/{company}", { signal, params: { path: { company: id } } })),
  });
  if (query.data) return <Page found={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Center mih={240}><Loader role="status" aria-label={common("loading")} /></Center>;
}

function Page({ found }: { found: Found }) {
  const { t } = useTranslation("screening");
  const { t: named } = useTranslation("states");
  const may = useMay();
  const watch = useAct(
    () => body(api.POST("/screening/watches", { body: companyOf({ name: found.name, credit_code: found.credit_code ?? "", lei: found.lei ?? "", registration: found.registration ?? "" }) })),
    { done: t("watchAdded"), refresh: ["watches"] },
  );
  const Picture = found.outcome === "not_listed" ? IconCircleCheck : found.outcome === "another_company" || found.outcome === "unreadable" ? IconHelpCircle : IconAlertCircle;
  return (
    <>
      <PageHeader title={nameOf(found)} back={{ to: "/screening/companies", label: t("companies") }} text={`${found.number} · ${t(`purpose.${found.purpose}`)} · ${found.requisition}`}>
        {may("write_screening") && (
          <>
            <Button variant="default" leftSection={<IconEye size={16} />} loading={watch.isPending} disabled={watch.isSuccess} onClick={() => watch.mutate(undefined)}>{t("watchIt")}</Button>
            <Button component={Link} to="/screening?about=company" variant="default">{t("askAnotherCompany")}</Button>
          </>
        )}
      </PageHeader>
      <Stack gap="lg" maw={900}>
        <Alert color={colours[found.outcome]} variant="light" icon={<Picture size={22} />} title={named(`companyLevel.${found.outcome}`)} role="status">
          {t(`levelText.${found.outcome}`)}
        </Alert>
        {found.matches.length > 0 && (
          <Stack gap="sm" component="section" aria-label={t("matches")}>
            <Title order={2} size="h3">{t("matches")}</Title>
            {found.matches.map((match) => <Match key={match.entry.listing} match={match} />)}
            <Text size="xs" c="dimmed">{t("score")}: {t("scoreText")}</Text>
          </Stack>
        )}
        <Card>
          <Group justify="space-between" align="flex-start" mb="sm">
            <Title order={2} size="h3">{t("receipt")}</Title>
            <Button component="a" href={`/api/v1/screening/companies/${found.id}/receipt`} download={`${found.number}-receipt.json`} variant="default" leftSection={<IconDownload size={16} />}>{t("receipt")}</Button>
          </Group>
          <Facts
            facts={[
              [t("companyName"), found.name],
              [t("creditCode"), found.credit_code],
              [t("lei"), found.lei],
              [t("registration"), found.registration],
              [t("listVersion"), t("listVersionText", { version: found.list.version, time: dateTime(found.list.made_at), count: count(found.list.count) as never })],
              [t("receiptHash"), <Text key="hash" span size="xs" ff="monospace">{found.receipt_sha256}</Text>],
              [t("askedBy"), found.asked_by],
              [t("askedAt"), dateTime(found.asked_at)],
            ]}
          />
        </Card>
        <InLog subject={found.id} read="read_screening" />
      </Stack>
    </>
  );
}

function Match({ match }: { match: Schemas["CompanyMatch"] }) {
  const { t } = useTranslation("screening");
  const { entry } = match;
  return (
    <Card>
      <Group justify="space-between" align="flex-start" mb="xs">
        <div>
          <Text fw={600}>{match.name}{match.former && <Text span inherit fw={400} c="dimmed"> ({t("former")})</Text>}</Text>
          <Text size="sm" c="dimmed">{t(`by.${match.by}`)} · {t("score")} <span className="figures">{match.score.toFixed(2)}</span></Text>
        </div>
        <Group gap="xs">
          <StateBadge of="companyLevel" state={match.level} />
          <StateBadge of="enterprise" state={entry.status} />
        </Group>
      </Group>
      <Facts
        facts={[
          [t("conduct"), said(entry.conduct_title)],
          [t("filer"), entry.filer_name],
          [t("creditCode"), entry.credit_code],
          [t("until"), dateOnly(entry.until)],
        ]}
      />
      {match.evidence.length > 0 && (
        <Table mt="sm" verticalSpacing={4} aria-label={t("evidence")} highlightOnHover={false}>
          <Table.Thead>
            <Table.Tr><Table.Th>{t("evidence")}</Table.Th><Table.Th ta="right">{t("strength")}</Table.Th></Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {match.evidence.map((one) => (
              <Table.Tr key={`${one.feature}-${one.finding}`}>
                <Table.Td><Text size="sm">{said(one.sentence)}</Text></Table.Td>
                <Table.Td ta="right"><Text size="sm" className="figures" c={one.weight < 0 ? "teal" : undefined}>{one.weight > 0 ? "+" : one.weight < 0 ? "−" : ""}{Math.abs(one.weight).toFixed(1)}</Text></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {match.hit && <Anchor component={Link} to={`/screening/hits/${match.hit}`} size="sm" mt="sm" display="inline-block">{t("goOn")}</Anchor>}
    </Card>
  );
}
