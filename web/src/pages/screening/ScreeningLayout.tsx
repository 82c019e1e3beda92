// Screening: asking, what was asked, what was found. Says first whether this node can ask at all.
import { Alert, Box, Loader, Tabs, Text } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation, useNavigate } from "react-router-dom";
import { inOwnWords } from "@/api/errors";
import { EmptyState } from "@/parts/EmptyState";
import { Failure } from "@/parts/Failure";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { useMay } from "@/session/permissions";
import { useMembership } from "./acts";

const tabs = ["ask", "questions", "hits", "companies", "batches", "watches", "audits"] as const;

export function Component() {
  const { t } = useTranslation("screening");
  const may = useMay();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const membership = useMembership();
  const part = pathname.split("/")[2] || "ask";
  const shown = tabs.filter((tab) => tab !== "ask" || may("write_screening"));
  const known = membership.data;
  return (
    <>
      <PageHeader
        title={t("title")}
        text={
          <>
            {t("text")}
            {known?.member && (
              <Text span size="sm" display="block">
                {known.name} · {known.heard_at ? <>{t("heard")} <Moment at={known.heard_at} /></> : t("neverHeard")}
                {known.logged && <> · {t("logged", { version: known.logged.version })}</>}
              </Text>
            )}
          </>
        }
      />
      {membership.error && <Failure error={membership.error} onRetry={() => void membership.refetch()} />}
      {known && !known.member && <EmptyState icon={IconPlugConnectedX} title={t("notMember")} text={t("notMemberText")} />}
      {known?.trouble && (
        <Alert color="yellow" mb="md" title={t("trouble")}>
          {inOwnWords(known.trouble.message, known.trouble.message_zh)}
        </Alert>
      )}
      {known?.log_trouble && (
        <Alert color="red" mb="md" title={t("logTrouble")}>
          <Text size="sm">{inOwnWords(known.log_trouble.message, known.log_trouble.message_zh)}</Text>
          <Text size="sm">{t("logTroubleText")}</Text>
        </Alert>
      )}
      {known?.member && (
        <Tabs value={part} onChange={(value) => navigate(`/screening/${value === "ask" ? "" : value}`)} keepMounted={false}>
          <Tabs.List aria-label={t("tabs")} style={{ overflowX: "auto", overflowY: "hidden", flexWrap: "nowrap" }}>
            {shown.map((tab) => (
              <Tabs.Tab key={tab} value={tab}>
                {t(tab)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={part} pt="lg" tabIndex={-1}>
            <Suspense fallback={<Box ta="center"><Loader /></Box>}>
              <Outlet />
            </Suspense>
          </Tabs.Panel>
        </Tabs>
      )}
    </>
  );
}
