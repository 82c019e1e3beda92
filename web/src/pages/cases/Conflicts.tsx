// Who is too close to whom: declared, or found by comparing addresses.
import { Badge, Button, Card, Group, Select, Stack, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { AccountSelect } from "@/parts/AccountSelect";
import { FormDialog } from "@/parts/FormDialog";
import { SectionHeader } from "@/parts/SectionHeader";
import { dateTime } from "@/parts/times";
import { useMay } from "@/session/permissions";
import { useSession } from "@/session/session";
import { type Case, concerned } from "./acts";
import classes from "./cases.module.css";

const relations: Schemas["CaseConflict"]["relation"][] = ["colleague", "relative", "business", "same_person", "other"];

export function Conflicts({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const may = useMay();
  const { session } = useSession();
  const [declaring, declare] = useDisclosure();
  const nameOf = (party: string | null | undefined) => found.parties.find(({ id }) => id === party)?.name ?? t("wholeCase");
  return (
    <Card>
      <SectionHeader title={t("conflicts")} text={t("conflictsText")}>
        {may("write_cases") && (
          <Button size="xs" variant="default" onClick={declare.open} style={{ flex: "none" }}>
            {t("declare")}
          </Button>
        )}
      </SectionHeader>
      {found.conflicts.length === 0 && <Text size="sm">{t("noConflicts")}</Text>}
      <Stack component="ul" gap="sm" className={classes.plain}>
        {found.conflicts.map((conflict) => (
          <Group component="li" key={conflict.id} justify="space-between" wrap="nowrap" align="flex-start">
            <Stack gap={0}>
              <Text size="sm" fw={550}>
                {conflict.account?.name} – {nameOf(conflict.case_party)}
              </Text>
              {conflict.text && <Text size="sm">{conflict.text}</Text>}
              <Text size="xs" c="dimmed">
                {conflict.automatic ? t("foundByAddress") : `${conflict.declared_by}, ${dateTime(conflict.declared_at)}`}
              </Text>
            </Stack>
            <Badge color="orange">{t(`relations.${conflict.relation}`)}</Badge>
          </Group>
        ))}
      </Stack>
      <FormDialog
        opened={declaring}
        onClose={declare.close}
        title={t("declare")}
        text={t("conflictsText")}
        submit={t("declare")}
        initial={() => ({ account: session.account.id as string | null, case_party: null as string | null, relation: "colleague" as Schemas["CaseConflict"]["relation"], text: "" })}
        run={({ text, ...rest }) => body(api.POST("/cases/{case}/conflicts", { params: { path: { case: found.id } }, body: { ...rest, ...(text.trim() ? { text: text.trim() } : {}) } }))}
        done={t("declared")}
        refresh={concerned}
      >
        {(form) => (
          <>
            <AccountSelect
              label={t("assignee")}
              known={[found.owner, found.reviewer, found.second_reviewer]}
              clearable={false}
              value={form.values.account}
              onChange={(account) => form.setFieldValue("account", account)}
            />
            <Select
              label={t("withParty")}
              placeholder={t("wholeCase")}
              clearable
              data={found.parties.map(({ id, name }) => ({ value: id, label: name }))}
              {...form.getInputProps("case_party")}
            />
            <Select label={t("relation")} allowDeselect={false} data={relations.map((value) => ({ value, label: t(`relations.${value}`) }))} {...form.getInputProps("relation")} />
            <Textarea label={t("note")} autosize minRows={2} maxLength={4000} {...form.getInputProps("text")} />
          </>
        )}
      </FormDialog>
    </Card>
  );
}
