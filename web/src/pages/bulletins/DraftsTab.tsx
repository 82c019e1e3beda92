// Drafts of bulletins; they have not left this node.
import { Anchor, Badge, Button, Text } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { api, body } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { Moment } from "@/parts/Moment";
import { PlainList } from "@/parts/PlainList";
import { Tlp } from "@/parts/Tlp";
import "@/texts/bulletins";

export function Component() {
  const { t } = useTranslation("bulletins");
  const drafts = useQuery({ queryKey: ["bulletin-drafts"], queryFn: ({ signal }) => body(api.GET("/bulletins/drafts", { signal })) });
  return (
    <PlainList
      label={t("drafts")}
      query={drafts}
      rowId={({ id }) => id}
      empty={<EmptyState icon={IconPencil} title={t("draftsEmpty")} text={t("draftsEmptyText")}><Button component={Link} to="/bulletins/drafts/new">{t("write")}</Button></EmptyState>}
      columns={[
        { key: "title", title: t("draft"), render: ({ id, title, kind }) => <><Anchor component={Link} to={`/bulletins/drafts/${id}`} size="sm" fw={550} c="inherit">{title}</Anchor><Text size="xs" c="dimmed">{t(`kind.${kind}`)}</Text></> },
        { key: "tlp", title: t("label"), render: ({ tlp }) => <Tlp label={tlp} /> },
        { key: "findings", title: t("findings"), render: ({ findings }) => (findings.length > 0 ? <Badge color="orange">{findings.length}</Badge> : "–") },
        { key: "changed", title: t("draftChanged"), render: ({ updated_at, created_by }) => <><Moment at={updated_at} /><Text size="xs" c="dimmed">{created_by}</Text></> },
      ]}
    />
  );
}
