// Members of the alliance: admit, suspend, look at.
import { Anchor, Badge, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBuildingCommunity, IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { FormDialog, missing } from "@/parts/FormDialog";
import { ListTable } from "@/parts/ListTable";
import { count, dateOnly } from "@/parts/times";
import { useListState } from "@/parts/useListState";
import "@/texts/alliance";

export function Component() {
  const { t } = useTranslation("alliance");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const [admitting, admit] = useDisclosure();
  const list = useListState();
  const members = useQuery({
    queryKey: ["hub-members", list.query],
    queryFn: ({ signal }) => body(api.GET("/hub/members", { signal, params: { query: list.query } })),
    placeholderData: keepPreviousData,
  });
  const button = <Button leftSection={<IconPlus size={16} />} onClick={admit.open}>{t("admit")}</Button>;
  return (
    <Stack gap="sm">
      <Group justify="flex-end">{members.data?.total !== 0 && button}</Group>
      <ListTable
        label={t("members")}
        list={list}
        query={members}
        rowId={({ id }) => id}
        onOpen={({ id }) => navigate(`/hub/members/${id}`)}
        empty={<EmptyState icon={IconBuildingCommunity} title={t("membersEmpty")} text={t("admitText")}>{button}</EmptyState>}
        columns={[
          {
            key: "name",
            title: t("member"),
            render: ({ id, name, contact, ombudsman }) => (
              <Stack gap={0}>
                <Group gap={6}>
                  <Anchor component={Link} to={`/hub/members/${id}`} size="sm" fw={550} c="inherit">{name}</Anchor>
                  {ombudsman && <Badge size="xs" color="indigo">{t("ombudsman")}</Badge>}
                </Group>
                <Text size="xs" c="dimmed">{contact}</Text>
              </Stack>
            ),
          },
          { key: "standing", title: common("state"), render: ({ standing }) => <Badge color={standing === "active" ? "teal" : "orange"}>{t(`standing.${standing}`)}</Badge> },
          { key: "fetched", title: t("fetchedToday"), align: "right", render: ({ fetched_today }) => <span className="figures">{count(fetched_today)}</span> },
          { key: "alarms", title: t("openAlarms"), align: "right", render: ({ open_alarms }) => <Text span size="sm" c={open_alarms > 0 ? "red" : undefined}>{open_alarms}</Text> },
          { key: "since", title: t("since"), render: ({ since }) => dateOnly(since) },
        ]}
      />
      <FormDialog
        opened={admitting}
        onClose={admit.close}
        title={t("admit")}
        text={t("admitText")}
        submit={t("admit")}
        initial={() => ({ member: "", name: "", identity: "", contact: "", reason: "" })}
        validate={(values) => ({
          ...missing(values, ["name", "reason"], common("required")),
          ...(/^[0-9a-z]{26}$/i.test(values.member.trim()) ? {} : { member: t("idWrong") }),
          ...(/^[0-9a-f]{64}$/.test(values.identity.trim()) ? {} : { identity: t("identityWrong") }),
        })}
        run={({ member, name, identity, contact, reason }) => body(api.POST("/hub/members", { body: { member: member.trim(), name: name.trim(), identity: identity.trim(), reason: reason.trim(), ...(contact.trim() ? { contact: contact.trim() } : {}) } }))}
        done={t("admitted")}
        refresh={["hub", "hub-members"]}
      >
        {(form) => (
          <>
            <TextInput label={t("memberId")} required maxLength={26} {...form.getInputProps("member")} />
            <TextInput label={t("memberName")} required maxLength={200} {...form.getInputProps("name")} />
            <TextInput label={t("memberIdentity")} description={t("identityHint")} required maxLength={64} {...form.getInputProps("identity")} />
            <TextInput label={t("contact")} maxLength={200} {...form.getInputProps("contact")} />
            <TextInput label={t("reason")} description={t("reasonHint")} required maxLength={1000} {...form.getInputProps("reason")} />
          </>
        )}
      </FormDialog>
    </Stack>
  );
}
