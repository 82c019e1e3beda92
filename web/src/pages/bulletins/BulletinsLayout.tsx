// Bulletins, drafts and joint cases.
import { Box, Button, Loader, Tabs } from "@mantine/core";
import { IconPencilPlus } from "@tabler/icons-react";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation, useNavigate } from "react-router-dom";
import { PageHeader } from "@/parts/PageHeader";
import { useMay } from "@/session/permissions";
import "@/texts/bulletins";

export function Component() {
  const { t } = useTranslation("bulletins");
  const may = useMay();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const part = pathname.split("/")[2] || "published";
  const tabs = ["published", ...(may("write_bulletins") ? ["drafts", "groups"] : []), "joint"] as ("published" | "drafts" | "groups" | "joint")[];
  return (
    <>
      <PageHeader title={t("title")} text={t("text")}>
        {may("write_bulletins") && (
          <Button component={Link} to="/bulletins/drafts/new" leftSection={<IconPencilPlus size={16} />}>{t("write")}</Button>
        )}
      </PageHeader>
      <Tabs value={part} onChange={(value) => navigate(`/bulletins/${value === "published" ? "" : value}`)} keepMounted={false}>
        <Tabs.List aria-label={t("tabs")}>
          {tabs.map((tab) => <Tabs.Tab key={tab} value={tab}>{t(tab)}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value={part} pt="lg" tabIndex={-1}>
          <Suspense fallback={<Box ta="center"><Loader /></Box>}>
            <Outlet />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
