// A case opened, from a leak or from scratch.
import { Select, SimpleGrid, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { AccountSelect } from "@/parts/AccountSelect";
import { FormDialog, missing } from "@/parts/FormDialog";
import { useSession } from "@/session/session";
import "@/texts/cases";
import "@/texts/states";
import { type Case, concerned, kinds, severities } from "./acts";

interface Props {
  opened: boolean;
  onClose: () => void;
  leak?: Schemas["Leak"];
  onSaved: (opened: Case) => void;
}

export function CaseForm({ opened, onClose, leak, onSaved }: Props) {
  const { t } = useTranslation("cases");
  const { t: states } = useTranslation("states");
  const { t: common } = useTranslation();
  const { session } = useSession();
  const projects = useQuery({
    queryKey: ["projects", "select"],
    queryFn: ({ signal }) => body(api.GET("/projects", { signal, params: { query: { limit: 200, sort: "name", state: "open" } } })),
    enabled: opened,
  });
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("openCase")}
      submit={t("openCase")}
      size="lg"
      initial={() => ({
        title: leak?.title ?? "",
        kind: "unknown" as Schemas["CaseKind"],
        severity: "medium" as Schemas["CaseSeverity"],
        project: leak?.project ?? null,
        owner: session.account.id as string | null,
        reviewer: null as string | null,
        summary: "",
      })}
      validate={(values) => missing(values, ["title"], common("required"))}
      run={({ title, summary, ...rest }) =>
        body(api.POST("/cases", { body: { ...rest, title: title.trim(), ...(summary.trim() ? { summary: summary.trim() } : {}), ...(leak ? { leak: leak.id } : {}) } }))
      }
      done={({ number }) => t("caseOpened", { number })}
      refresh={[...concerned, "leaks", "leak"]}
      onDone={onSaved}
    >
      {(form) => (
        <>
          <TextInput label={t("name")} required maxLength={200} data-autofocus {...form.getInputProps("title")} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select label={t("kindLabel")} allowDeselect={false} data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))} {...form.getInputProps("kind")} />
            <Select label={t("severity")} allowDeselect={false} data={severities.map((value) => ({ value, label: states(`severity.${value}`) }))} {...form.getInputProps("severity")} />
            <AccountSelect label={t("owner")} clearable={false} value={form.values.owner} onChange={(owner) => form.setFieldValue("owner", owner)} />
            <AccountSelect label={t("reviewer")} roles={["reviewer"]} value={form.values.reviewer} onChange={(reviewer) => form.setFieldValue("reviewer", reviewer)} />
          </SimpleGrid>
          {!leak && (
            <Select
              label={t("project")}
              searchable
              clearable
              data={(projects.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              {...form.getInputProps("project")}
            />
          )}
          <Textarea label={t("summary")} autosize minRows={3} maxLength={4000} {...form.getInputProps("summary")} />
        </>
      )}
    </FormDialog>
  );
}
