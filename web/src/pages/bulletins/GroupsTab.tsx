// Groups of members that this desk addresses bulletins to; they are the house's own.
import { ActionIcon, Button, Group, MultiSelect, Stack, Text, TextInput } from "@mantine/core";
import { IconPencil, IconPlus, IconTrash, IconUsersGroup } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import { ask } from "@/parts/ask";
import { EmptyState } from "@/parts/EmptyState";
import { FormDialog, missing } from "@/parts/FormDialog";
import { Moment } from "@/parts/Moment";
import { tell } from "@/parts/notify";
import { PlainList } from "@/parts/PlainList";
import { type BulletinGroup, useBulletinGroups, useBulletinMembers } from "./acts";
import "@/texts/bulletins";

const refresh = ["bulletin-groups", "bulletin-drafts", "bulletin-draft"];

export function Component() {
  const { t } = useTranslation("bulletins");
  const { t: common } = useTranslation();
  const groups = useBulletinGroups();
  const queries = useQueryClient();
  const [editing, edit] = useState<BulletinGroup | "new" | null>(null);
  const remove = (group: BulletinGroup) =>
    ask({
      title: t("groupDelete"),
      text: t("groupDeleteText", { name: group.name }),
      confirm: t("groupDelete"),
      danger: true,
      run: async () => {
        await api.DELETE("/bulletins/groups/{group}", { params: { path: { group: group.id } } });
        for (const key of refresh) void queries.invalidateQueries({ queryKey: [key] });
        tell(t("groupDeleted"));
      },
    });
  const begin = <Button leftSection={<IconPlus size={16} />} onClick={() => edit("new")}>{t("groupNew")}</Button>;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">{t("groupsText")}</Text>
        {groups.data && groups.data.items.length > 0 && begin}
      </Group>
      <PlainList
        label={t("groups")}
        query={groups}
        rowId={({ id }) => id}
        empty={<EmptyState icon={IconUsersGroup} title={t("groupsEmpty")} text={t("groupsEmptyText")}>{begin}</EmptyState>}
        columns={[
          { key: "name", title: t("audienceName"), render: ({ name }) => <Text size="sm" fw={550}>{name}</Text> },
          { key: "members", title: t("audienceWho"), render: (group) => <GroupMembers group={group} /> },
          { key: "changed", title: t("draftChanged"), render: ({ updated_at, updated_by }) => <><Moment at={updated_at} /><Text size="xs" c="dimmed">{updated_by}</Text></> },
          {
            key: "actions",
            title: common("actions"),
            bare: true,
            render: (group) => (
              <Group gap={4} justify="flex-end" wrap="nowrap">
                <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("groupChange", { name: group.name })} onClick={() => edit(group)}><IconPencil size={16} /></ActionIcon>
                <ActionIcon variant="subtle" color="red" size={36} aria-label={`${t("groupDelete")}: ${group.name}`} onClick={() => remove(group)}><IconTrash size={16} /></ActionIcon>
              </Group>
            ),
          },
        ]}
      />
      <GroupDialog group={editing === "new" ? null : editing} opened={editing !== null} onClose={() => edit(null)} />
    </Stack>
  );
}

/** Whom a group is at this moment; who has left is said. */
export function GroupMembers({ group }: { group: BulletinGroup }) {
  const { t } = useTranslation("bulletins");
  return (
    <>
      <Text size="sm">
        {group.members.map(({ id, name, left }, at) => (
          <span key={id}>{at > 0 && ", "}{left ? <Text span inherit c="dimmed" td="line-through">{name}</Text> : name}{left && ` (${t("memberLeft")})`}</span>
        ))}
      </Text>
      {!group.members_known && <Text size="xs" c="dimmed">{t("membersUnknown")}</Text>}
    </>
  );
}

function GroupDialog({ group, opened, onClose }: { group: BulletinGroup | null; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("bulletins");
  const { t: common } = useTranslation();
  const members = useBulletinMembers(opened);
  const there = (members.data?.items ?? []).filter(({ suspended }) => !suspended).map(({ id, name }) => ({ value: id, label: name }));
  const gone = (group?.members ?? []).filter(({ id }) => !there.some(({ value }) => value === id)).map(({ id, name }) => ({ value: id, label: `${name} (${t("memberLeft")})` }));
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={group ? t("groupChange", { name: group.name }) : t("groupNew")}
      text={t("groupFrozenText")}
      submit={t("groupSave")}
      initial={() => ({ name: group?.name ?? "", members: group?.members.map(({ id }) => id) ?? [] })}
      validate={(values) => ({ ...missing(values, ["name"], common("required")), ...(values.members.length === 0 ? { members: common("required") } : {}) })}
      run={({ name, members }) =>
        body(group ? api.PATCH("/bulletins/groups/{group}", { params: { path: { group: group.id } }, body: { name: name.trim(), members } }) : api.POST("/bulletins/groups", { body: { name: name.trim(), members } }))
      }
      done={t("groupSaved")}
      refresh={refresh}
    >
      {(form) => (
        <>
          <TextInput label={t("audienceName")} required maxLength={100} data-autofocus {...form.getInputProps("name")} />
          <MultiSelect label={t("audienceWho")} required searchable data={[...there, ...gone]} {...form.getInputProps("members")} />
        </>
      )}
    </FormDialog>
  );
}
