// A question about one company, by number, name or both.
import { Anchor, Button, Collapse, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedValue, useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { Failure } from "@/parts/Failure";
import { said } from "@/parts/said";
import { purposes } from "./acts";

export interface CompanyNumbers {
  name: string;
  credit_code: string;
  lei: string;
  registration: string;
  [more: string]: unknown;
}

export const noCompany: CompanyNumbers = { name: "", credit_code: "", lei: "", registration: "" };
const parts = ["name", "credit_code", "lei", "registration"] as const;

/** What was filled in, and nothing else. */
export function companyOf(values: CompanyNumbers): Pick<Schemas["CompanyQueryRequest"], (typeof parts)[number]> {
  return Object.fromEntries(parts.filter((part) => values[part].trim() !== "").map((part) => [part, values[part].trim()]));
}

export function isNobody(values: CompanyNumbers): boolean {
  return parts.every((part) => values[part].trim() === "");
}

/** Whether the credit code can be right, and which codes one typing mistake may have meant. */
function useCodeCheck(code: string) {
  const [settled] = useDebouncedValue(code.trim(), 400);
  return useQuery({
    queryKey: ["company-number", settled],
    queryFn: ({ signal }) => body(api.POST("/screening/companies/check", { signal, body: { kind: "credit_code", number: settled } })),
    enabled: settled.length >= 15,
    retry: false,
  });
}

export function CompanyFields({ values, errors, onChange }: { values: CompanyNumbers; errors: Record<string, React.ReactNode>; onChange: (changed: Partial<CompanyNumbers>) => void }) {
  const { t } = useTranslation("screening");
  const [more, { toggle }] = useDisclosure(values.lei !== "" || values.registration !== "");
  const check = useCodeCheck(values.credit_code);
  const wrong = check.data && !check.data.valid && values.credit_code.trim() !== "" ? said(check.data.explanation) : null;
  const set = (part: (typeof parts)[number]) => ({ value: values[part], onChange: (event: React.ChangeEvent<HTMLInputElement>) => onChange({ [part]: event.currentTarget.value }) });
  return (
    <>
      <TextInput label={t("companyName")} description={t("companyNameHint")} maxLength={200} error={errors.name} {...set("name")} />
      <div>
        <TextInput label={t("creditCode")} maxLength={64} className="figures" autoComplete="off" error={wrong} {...set("credit_code")} />
        {wrong && (check.data?.repairs.length ?? 0) > 0 && (
          <Group gap="xs" mt={4}>
            <Text size="xs" c="dimmed">{t("repairOne")}</Text>
            {check.data?.repairs.slice(0, 4).map((repair) => (
              <Anchor key={repair} component="button" type="button" size="xs" className="figures" onClick={() => onChange({ credit_code: repair })}>{repair}</Anchor>
            ))}
          </Group>
        )}
      </div>
      <Anchor component="button" type="button" size="sm" onClick={toggle} aria-expanded={more} style={{ alignSelf: "flex-start" }}>{t("moreNumbers")}</Anchor>
      <Collapse in={more}>
        <Stack>
          <TextInput label={t("lei")} maxLength={64} className="figures" {...set("lei")} />
          <TextInput label={t("registration")} description={t("registrationHint")} maxLength={64} className="figures" {...set("registration")} />
        </Stack>
      </Collapse>
    </>
  );
}

export function AskCompany() {
  const { t } = useTranslation("screening");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { ...noCompany, purpose: "supplier_onboarding" as Schemas["ScreeningPurpose"], requisition: "" },
    validate: {
      name: (_, values) => (isNobody(values) ? t("companyNeed") : null),
      requisition: (requisition) => (requisition.trim() === "" ? common("required") : null),
    },
  });
  const send = useAct(
    ({ purpose, requisition, ...company }: typeof form.values) => body(api.POST("/screening/companies", { body: { ...companyOf(company), purpose, requisition: requisition.trim() } })),
    { refresh: ["company-questions"], quiet: true, onSuccess: ({ id }) => navigate(`/screening/companies/${id}`) },
  );
  return (
    <form onSubmit={form.onSubmit((values) => send.mutate(values))} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">{t("askCompanyHint")} {t("companyNeed")}</Text>
        <CompanyFields values={form.values} errors={form.errors} onChange={(changed) => form.setValues(changed)} />
        <Select label={t("purposeLabel")} allowDeselect={false} data={purposes.map((value) => ({ value, label: t(`purpose.${value}`) }))} {...form.getInputProps("purpose")} />
        <TextInput label={t("requisition")} description={t("requisitionHint")} required maxLength={100} {...form.getInputProps("requisition")} />
        <Failure error={send.error} />
        <Button type="submit" loading={send.isPending}>{t("askNow")}</Button>
      </Stack>
    </form>
  );
}
