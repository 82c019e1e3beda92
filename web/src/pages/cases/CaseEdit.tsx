// What a case is called, how grave it is, who works on it.
import { Select, SimpleGrid, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import { AccountSelect } from "@/parts/AccountSelect";
import { FormDialog, missing } from "@/parts/FormDialog";
import { type Case, concerned, kinds, severities } from "./acts";

export function CaseEdit({ found, opened, onClose }: { found: Case; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("cases");
  const { t: states } = useTranslation("states");
  const { t: common } = useTranslation();
  const known = [found.owner, found.reviewer, found.second_reviewer, ...found.conflicts.map(({ account }) => account), ...found.tasks.map(({ assignee }) => assignee)];
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("edit")}
      submit={common("save")}
      size="lg"
      initial={() => ({
        title: found.title,
        kind: found.kind,
        severity: found.severity,
        owner: found.owner?.account ?? null,
        reviewer: found.reviewer?.account ?? null,
        second_reviewer: found.second_reviewer?.account ?? null,
        summary: found.summary ?? "",
      })}
      validate={(values) => missing(values, ["title"], common("required"))}
      run={({ owner, ...rest }) =>
        body(api.PATCH("/cases/{case}", { params: { path: { case: found.id } }, body: { ...rest, title: rest.title.trim(), ...(owner ? { owner } : {}), revision: found.revision } }))
      }
      done={t("changed")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <TextInput label={t("name")} required maxLength={200} data-autofocus {...form.getInputProps("title")} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select label={t("kindLabel")} allowDeselect={false} data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))} {...form.getInputProps("kind")} />
            <Select label={t("severity")} allowDeselect={false} data={severities.map((value) => ({ value, label: states(`severity.${value}`) }))} {...form.getInputProps("severity")} />
            <AccountSelect label={t("owner")} clearable={false} known={known} value={form.values.owner} onChange={(owner) => form.setFieldValue("owner", owner)} />
            <AccountSelect label={t("reviewer")} known={known} roles={["reviewer"]} value={form.values.reviewer} onChange={(reviewer) => form.setFieldValue("reviewer", reviewer)} />
            <AccountSelect
              label={t("secondReviewer")}
              known={known}
              roles={["reviewer"]}
              value={form.values.second_reviewer}
              onChange={(reviewer) => form.setFieldValue("second_reviewer", reviewer)}
            />
          </SimpleGrid>
          <Textarea label={t("summary")} autosize minRows={3} maxLength={4000} {...form.getInputProps("summary")} />
        </>
      )}
    </FormDialog>
  );
}
