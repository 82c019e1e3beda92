// The answer to one question, its receipt, and in plain words what it means and what it does not.
import { Alert, Button, Card, Center, List, Loader, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconAlertCircle, IconCircleCheck, IconCloudOff, IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router-dom";
import { api, body } from "@/api/client";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { InLog } from "@/parts/InLog";
import { PageHeader } from "@/parts/PageHeader";
import { SectionHeader } from "@/parts/SectionHeader";
import { dateOnly, dateTime } from "@/parts/times";
import { useMay } from "@/session/permissions";
import type { PersonQuery } from "./acts";
import "@/texts/screening";

const looks = {
  not_listed: { icon: IconCircleCheck, color: "teal" },
  hit: { icon: IconAlertCircle, color: "orange" },
  unanswered: { icon: IconCloudOff, color: "gray" },
} as const;

export function Component() {
  const { t: common } = useTranslation();
  const { query: id = "" } = useParams();
  const query = useQuery({
    queryKey: ["question", id],
    queryFn: ({ signal }) => body(api.GET("/screening/queries/{query}", { signal, params: { path: { query: id } } })),
  });
  if (query.data) return <Page found={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Center mih={240}><Loader role="status" aria-label={common("loading")} /></Center>;
}

function Page({ found }: { found: PersonQuery }) {
  const { t } = useTranslation("screening");
  const may = useMay();
  const { icon: Picture, color } = looks[found.outcome];
  return (
    <>
      <PageHeader title={found.number} back={{ to: "/screening/questions", label: t("questions") }} text={`${t(`purpose.${found.purpose}`)} · ${found.requisition}`}>
        {may("write_screening") && (
          <Button component={Link} to="/screening" variant="default">
            {found.outcome === "unanswered" ? t("askAgain") : t("askAnother")}
          </Button>
        )}
      </PageHeader>
      <Stack gap="lg" maw={880}>
        <Alert color={color} variant="light" icon={<Picture size={22} />} title={t(`answer_${found.outcome}`)} role="status">
          <Stack gap="sm" align="flex-start">
            <Text size="sm">{t(`answer_${found.outcome}_text`)}</Text>
            {found.hit && (
              <Button component={Link} to={`/screening/hits/${found.hit}`}>
                {t("goOn")}
              </Button>
            )}
          </Stack>
        </Alert>
        {found.outcome === "hit" && <WhatItIs />}
        {found.repeats > 0 && <Text size="sm" c="dimmed">{t("repeats", { count: found.repeats })}</Text>}
        {found.receipt_sha256 && (
          <Card>
            <SectionHeader title={t("receipt")} text={t("receiptText")}>
              <Button component="a" href={`/api/v1/screening/queries/${found.id}/receipt`} download={`${found.number}-receipt.json`} variant="default" leftSection={<IconDownload size={16} />}>
                {t("receipt")}
              </Button>
            </SectionHeader>
            <Facts facts={[[t("receiptHash"), <Text key="hash" span size="xs" ff="monospace">{found.receipt_sha256}</Text>]]} />
          </Card>
        )}
        <Card>
          <Facts
            facts={[
              [t("idKind"), t(`kind.${found.kind}`)],
              [t("consent"), `${t(`basis.${found.consent.basis}`)}, ${dateOnly(found.consent.date, "UTC")}`],
              [t("consentCommitment"), <Text key="commitment" span size="xs" ff="monospace">{found.consent_commitment}</Text>],
              [t("askedBy"), found.asked_by],
              [t("askedAt"), dateTime(found.asked_at)],
              [t("answeredAt"), found.answered_at && dateTime(found.answered_at)],
            ]}
          />
        </Card>
        <InLog subject={found.id} read="read_screening" />
      </Stack>
    </>
  );
}

export function WhatItIs() {
  const { t } = useTranslation("screening");
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {(["hitIs", "hitIsNot"] as const).map((which) => (
        <Card key={which}>
          <Title order={2} size="h3" mb="xs">{t(which)}</Title>
          <List size="sm" spacing={6}>
            {([1, 2, 3] as const).map((line) => <List.Item key={line}>{t(`${which}${line}`)}</List.Item>)}
          </List>
        </Card>
      ))}
    </SimpleGrid>
  );
}
