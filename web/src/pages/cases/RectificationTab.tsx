// What suppliers are asked to rectify in this case.
import { Button, Card, Group, Stack, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTool } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { FormDialog, missing } from "@/parts/FormDialog";
import { PlainList } from "@/parts/PlainList";
import { useMay } from "@/session/permissions";
import { PartySelect } from "../commitments/PartySelect";
import { type Case, concerned, useCase } from "./acts";
import { useRectificationColumns } from "./Rectifications";

export function Component() {
  const { t } = useTranslation("cases");
  const found = useCase();
  const may = useMay();
  const [issuing, issue] = useDisclosure();
  const columns = useRectificationColumns(false);
  const button = may("write_cases") && found.state !== "closed" && (
    <Button leftSection={<IconTool size={16} />} onClick={issue.open}>
      {t("issue")}
    </Button>
  );
  // The case carries its rows: the table only needs them in the shape of an answer.
  const rows = { data: { items: found.rectifications, total: found.rectifications.length }, error: null, isFetching: false } as unknown as UseQueryResult<{ items: Schemas["RectificationRow"][]; total: number }>;
  return (
    <Stack>
      {found.rectifications.length === 0 ? (
        <Card>
          <EmptyState icon={IconTool} title={t("rectificationsEmpty")} text={t("rectificationsEmptyText")}>
            {button}
          </EmptyState>
        </Card>
      ) : (
        <>
          <Group justify="space-between">
            <Text size="sm" c="dimmed" maw={560}>
              {t("rectificationText")}
            </Text>
            {button}
          </Group>
          <PlainList label={t("rectifications")} query={rows} columns={columns} rowId={({ id }) => id} empty={null} />
        </>
      )}
      <Issue found={found} opened={issuing} onClose={issue.close} />
    </Stack>
  );
}

function Issue({ found, opened, onClose }: { found: Case; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const suspect = found.parties.find(({ role, party }) => party && (role === "sub_supplier" || role === "supplier"));
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("issue")}
      text={t("rectificationText")}
      submit={t("issue")}
      size="lg"
      initial={() => ({ supplier: suspect?.party ?? null, problem: found.summary ?? "", requirement: "", contact: null as string | null })}
      validate={(values) => missing(values, ["supplier", "problem"], common("required"))}
      run={({ supplier, problem, requirement, contact }) =>
        body(
          api.POST("/cases/{case}/rectifications", {
            params: { path: { case: found.id } },
            body: { supplier: supplier ?? "", problem: problem.trim(), ...(requirement.trim() ? { requirement: requirement.trim() } : {}), ...(contact ? { contact } : {}) },
          }),
        )
      }
      done={({ number }) => t("issued", { number })}
      refresh={[...concerned, "outbox"]}
      onDone={({ id }) => navigate(`/rectifications/${id}`)}
    >
      {(form) => (
        <>
          <PartySelect
            label={t("supplier")}
            description={t("supplierHint")}
            required
            only={({ kind }) => kind === "supplier"}
            value={form.values.supplier}
            error={form.errors.supplier}
            onChange={(supplier) => form.setFieldValue("supplier", supplier)}
          />
          <Textarea label={t("problem")} required autosize minRows={4} maxLength={4000} {...form.getInputProps("problem")} />
          <Textarea label={t("requirement")} autosize minRows={2} maxLength={2000} {...form.getInputProps("requirement")} />
          <PartySelect label={t("contact")} only={({ kind }) => kind === "person"} value={form.values.contact} onChange={(contact) => form.setFieldValue("contact", contact)} />
        </>
      )}
    </FormDialog>
  );
}
