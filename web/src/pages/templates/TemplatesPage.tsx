import { Anchor, Badge, Button, Group } from "@mantine/core";
import { IconFileCertificate, IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { useListState } from "@/parts/useListState";
import "@/texts/templates";

export function Component() {
  const { t } = useTranslation("templates");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const list = useListState({ sort: "name" });
  const templates = useQuery({
    queryKey: ["templates", list.query],
    queryFn: ({ signal }) => body(api.GET("/templates", { signal, params: { query: list.query } })),
    placeholderData: keepPreviousData,
  });
  const create = (
    <Button component={Link} to="/templates/new" leftSection={<IconPlus size={16} />}>
      {t("create")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} text={t("text")}>
        {create}
      </PageHeader>
      <ListTable
        label={t("list")}
        list={list}
        query={templates}
        rowId={({ id }) => id}
        onOpen={({ id }) => navigate(`/templates/${id}`)}
        empty={
          <EmptyState icon={IconFileCertificate} title={t("empty")} text={t("emptyText")}>
            {create}
          </EmptyState>
        }
        columns={[
          {
            key: "name",
            title: common("name"),
            sort: "name",
            render: (template) => (
              <Group gap="xs">
                <Anchor component={Link} to={`/templates/${template.id}`} size="sm" fw={550} c="inherit">
                  {template.name}
                </Anchor>
                {template.built_in && <Badge color="gray">{t("builtIn")}</Badge>}
              </Group>
            ),
          },
          { key: "locale", title: t("locale"), render: ({ locale }) => (locale === "zh" ? "中文" : "English") },
          { key: "version", title: t("version"), align: "right", render: ({ version }) => version },
          { key: "used", title: t("used"), align: "right", render: ({ used }) => used ?? 0 },
          { key: "created", title: common("created"), sort: "created_at", render: ({ created_at }) => <Moment at={created_at} /> },
        ]}
      />
    </>
  );
}
