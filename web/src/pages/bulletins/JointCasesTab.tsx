// Joint cases of members.
import { Anchor, Badge } from "@mantine/core";
import { IconBriefcase2 } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { useListState } from "@/parts/useListState";
import "@/texts/bulletins";

export function Component() {
  const { t } = useTranslation("bulletins");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const list = useListState();
  const cases = useQuery({
    queryKey: ["joint-cases", list.query],
    queryFn: ({ signal }) => body(api.GET("/joint-cases", { signal, params: { query: { offset: list.query.offset, limit: list.query.limit } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <ListTable
      label={t("joint")}
      list={list}
      query={cases}
      searchable={false}
      rowId={({ id }) => id}
      onOpen={({ id }) => navigate(`/joint-cases/${id}`)}
      empty={<EmptyState icon={IconBriefcase2} title={t("jointEmpty")} text={t("jointEmptyText")} />}
      columns={[
        { key: "number", title: t("jointCase"), render: ({ id, number, joined }) => <><Anchor component={Link} to={`/joint-cases/${id}`} size="sm" fw={550} c="inherit" className="figures">{number}</Anchor>{joined && <Badge size="xs" ml="xs">{t("joined").replace(/[.。]$/, "")}</Badge>}</> },
        { key: "state", title: common("state"), render: ({ state }) => <Badge color={state === "open" ? "teal" : "gray"}>{t(`jointState.${state}`)}</Badge> },
        { key: "members", title: t("participants"), render: ({ members }) => t("jointMembers", { count: members }) },
        { key: "opened", title: t("jointOpened"), render: ({ opened_at }) => <Moment at={opened_at} /> },
      ]}
    />
  );
}
