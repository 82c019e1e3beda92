// Who was asked to sign in a project, and how far each has come.
import { Anchor, Button, Menu, Select, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconFileCertificate, IconScan, IconSend } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { StateBadge } from "@/parts/States";
import { useListState } from "@/parts/useListState";
import "@/texts/commitments";
import { useProject } from "../projects/ProjectLayout";
import { CommitmentMenu } from "./CommitmentMenu";
import { PaperDialog } from "./PaperDialog";
import { SignatoryMarks } from "./Signatories";

const states: Schemas["CommitmentState"][] = ["draft", "sent", "opened", "signed", "in_force", "declined", "expired", "revoked", "breached", "replaced"];

export function Component() {
  const { t } = useTranslation("commitments");
  const { t: named } = useTranslation("states");
  const { t: common } = useTranslation();
  const project = useProject();
  const navigate = useNavigate();
  const [recording, record] = useDisclosure();
  const list = useListState({ sort: "-created_at", filters: ["state"] });
  const state = list.filter("state");
  const commitments = useQuery({
    queryKey: ["commitments", "project", project.id, state, list.query],
    queryFn: ({ signal }) =>
      body(
        api.GET("/projects/{project}/commitments", {
          signal,
          params: { path: { project: project.id }, query: { ...list.query, ...(state ? { state } : {}) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const sending = `/projects/${project.id}/commitments/new`;
  return (
    <Stack>
      <ListTable
        label={t("list")}
        list={list}
        query={commitments}
        rowId={({ id }) => id}
        onOpen={({ id }) => navigate(`/commitments/${id}`)}
        filters={
          <>
            <Select
              w={160}
              aria-label={common("state")}
              placeholder={t("anyState")}
              clearable
              data={states.map((value) => ({ value, label: named(`commitment.${value}`) }))}
              value={state || null}
              onChange={(value) => list.setFilter("state", value)}
            />
            <Button.Group ml="auto">
              <Button component={Link} to={sending} leftSection={<IconSend size={16} />}>
                {t("send")}
              </Button>
              <Menu position="bottom-end">
                <Menu.Target>
                  <Button px={8} aria-label={common("more")} style={{ borderLeft: "1px solid rgba(255,255,255,.25)" }}>
                    <IconChevronDown size={16} />
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item leftSection={<IconScan size={16} />} onClick={record.open}>
                    {t("paper")}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </Button.Group>
          </>
        }
        empty={
          <EmptyState icon={IconFileCertificate} title={t("empty")} text={t("emptyText")}>
            <Button component={Link} to={sending} leftSection={<IconSend size={16} />}>
              {t("send")}
            </Button>
            <Button variant="default" leftSection={<IconScan size={16} />} onClick={record.open}>
              {t("paper")}
            </Button>
          </EmptyState>
        }
        columns={[
          {
            key: "party",
            title: t("party"),
            sort: "party_name",
            render: (commitment) => (
              <Stack gap={0}>
                <Anchor component={Link} to={`/commitments/${commitment.id}`} size="sm" fw={550} c="inherit">
                  {commitment.party_name}
                </Anchor>
                {commitment.organisation_name && (
                  <Text size="xs" c="dimmed">
                    {commitment.organisation_name}
                  </Text>
                )}
              </Stack>
            ),
          },
          {
            key: "number",
            title: t("number"),
            sort: "number",
            wideOnly: true,
            render: ({ number, version }) => (
              <Text size="sm" className="figures" c="dimmed">
                {number}
                {version > 1 && ` · ${t("version", { version })}`}
              </Text>
            ),
          },
          { key: "state", title: common("state"), sort: "state", render: ({ state: value }) => <StateBadge of="commitment" state={value} /> },
          { key: "signatories", title: t("progress"), render: ({ signatories }) => <SignatoryMarks signatories={signatories} /> },
          { key: "sent", title: t("sent"), sort: "sent_at", render: ({ sent_at }) => <Moment at={sent_at} /> },
          { key: "by", title: t("signBy"), sort: "sign_by", wideOnly: true, render: ({ sign_by }) => <Moment at={sign_by} /> },
          { key: "actions", title: common("actions"), bare: true, render: (commitment) => <CommitmentMenu commitment={commitment} /> },
        ]}
      />
      <PaperDialog opened={recording} onClose={record.close} project={project} />
    </Stack>
  );
}
