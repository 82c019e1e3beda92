// The ombudsman's desk: what waits, what was decided, people who ask about themselves, numbers.
import { Box, Loader, Tabs } from "@mantine/core";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation, useNavigate } from "react-router-dom";
import { PageHeader } from "@/parts/PageHeader";
import "@/texts/filings";
import "@/texts/listings";

const tabs = ["queue", "decisions", "answers", "statistics"] as const;

export function Component() {
  const { t } = useTranslation("filings");
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const part = pathname.split("/")[2] || "queue";
  return (
    <>
      <PageHeader title={t("desk")} text={t("deskText")} />
      <Tabs value={part} onChange={(value) => navigate(`/appeals/${value === "queue" ? "" : value}`)} keepMounted={false}>
        <Tabs.List aria-label={t("desk")} style={{ overflowX: "auto", overflowY: "hidden", flexWrap: "nowrap" }}>
          {tabs.map((tab) => <Tabs.Tab key={tab} value={tab}>{t(tab)}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value={part} pt="lg" tabIndex={-1}>
          <Suspense fallback={<Box ta="center"><Loader /></Box>}><Outlet /></Suspense>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
