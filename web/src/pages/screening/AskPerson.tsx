// A question about one person. The number goes into the question and nowhere else: not into the address, not into a list.
import { Alert, Button, FileInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex } from "@noble/hashes/utils";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { Failure } from "@/parts/Failure";
import { said } from "@/parts/said";
import { concerned, purposes, today } from "./acts";

type Kind = Schemas["PersonIdentifierKind"];

const countryPattern = /^[A-Z]{3}$/;

/** Whether a number can be right, asked while it is typed; said by the node, which asks nobody. */
export function useIdentifierCheck(kind: Kind, identifier: string, country: string) {
  const [settled] = useDebouncedValue(identifier.trim(), 400);
  const whole = settled.length >= (kind === "resident_id" ? 15 : 6) && (kind !== "passport" || countryPattern.test(country));
  return useQuery({
    queryKey: ["identifier-check"],
    queryFn: ({ signal }) => body(api.POST("/screening/identifiers/check", { signal, body: { kind, identifier: settled, ...(kind === "passport" ? { country } : {}) } })),
    // The number is not to stay in a cache under its own name.
    queryKeyHashFn: () => `identifier-check-${kind}-${country}-${bytesToHex(sha256(settled)).slice(0, 16)}`,
    enabled: whole,
    gcTime: 0,
    retry: false,
  });
}

interface IdentifierValues {
  kind: Kind;
  identifier: string;
  country: string;
  [more: string]: unknown;
}

/** Kind, number and country, with what is wrong with them. */
export function IdentifierFields({ values, errors, onChange }: { values: IdentifierValues; errors: Record<string, React.ReactNode>; onChange: (changed: Partial<IdentifierValues>) => void }) {
  const { t } = useTranslation("screening");
  const check = useIdentifierCheck(values.kind, values.identifier, values.country);
  const wrong = check.data && !check.data.valid ? said(check.data.explanation) : null;
  return (
    <>
      <Select
        label={t("idKind")}
        allowDeselect={false}
        data={(["resident_id", "passport"] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={values.kind}
        onChange={(kind) => onChange({ kind: (kind ?? "resident_id") as Kind })}
      />
      {values.kind === "passport" && (
        <TextInput
          label={t("country")}
          description={t("countryHint")}
          required
          maxLength={3}
          value={values.country}
          error={errors.country}
          onChange={(event) => onChange({ country: event.currentTarget.value.toUpperCase() })}
        />
      )}
      <TextInput
        label={t("number")}
        description={t("numberHint")}
        required
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        className="figures"
        value={values.identifier}
        error={errors.identifier ?? wrong}
        onChange={(event) => onChange({ identifier: event.currentTarget.value })}
      />
    </>
  );
}

export function AskPerson() {
  const { t } = useTranslation("screening");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: {
      kind: "resident_id" as Kind,
      identifier: "",
      country: "",
      purpose: "employment" as Schemas["ScreeningPurpose"],
      requisition: "",
      basis: "given" as Schemas["ConsentBasis"],
      date: today(),
      document: null as File | null,
    },
    validate: {
      identifier: (identifier) => (identifier.trim() === "" ? common("required") : null),
      country: (country, { kind }) => (kind === "passport" && !countryPattern.test(country) ? t("countryWrong") : null),
      requisition: (requisition) => (requisition.trim() === "" ? common("required") : null),
      date: (date) => (date === "" ? common("required") : null),
    },
  });
  const send = useAct(
    async ({ kind, identifier, country, purpose, requisition, basis, date, document }: typeof form.values) => {
      const print = document ? bytesToHex(sha256(new Uint8Array(await document.arrayBuffer()))) : null;
      return body(
        api.POST("/screening/queries", {
          body: {
            kind,
            identifier: identifier.trim(),
            ...(kind === "passport" ? { country } : {}),
            purpose,
            requisition: requisition.trim(),
            consent: { basis, date, ...(print ? { document_sha256: print } : {}) },
          },
        }),
      );
    },
    {
      refresh: concerned,
      quiet: true,
      onSuccess: ({ id }) => {
        form.setFieldValue("identifier", "");
        navigate(`/screening/questions/${id}`);
      },
    },
  );
  return (
    <form onSubmit={form.onSubmit((values) => send.mutate(values))} noValidate autoComplete="off">
      <Stack>
        <IdentifierFields values={form.values} errors={form.errors} onChange={(changed) => form.setValues(changed)} />
        <Select label={t("purposeLabel")} allowDeselect={false} data={purposes.map((value) => ({ value, label: t(`purpose.${value}`) }))} {...form.getInputProps("purpose")} />
        <TextInput label={t("requisition")} description={t("requisitionHint")} required maxLength={100} {...form.getInputProps("requisition")} />
        <Select label={t("basisLabel")} allowDeselect={false} data={(["given", "notice_given"] as const).map((value) => ({ value, label: t(`basis.${value}`) }))} {...form.getInputProps("basis")} />
        <TextInput type="date" label={t("consentDate")} required max={today()} {...form.getInputProps("date")} />
        <FileInput label={t("document")} description={t("documentHint")} placeholder={t("documentChoose")} clearable clearButtonProps={{ "aria-label": common("clear") }} {...form.getInputProps("document")} />
        {send.isPending && (
          <Alert role="status" variant="light">
            <Text size="sm">{t("asking")}</Text>
          </Alert>
        )}
        <Failure error={send.error} />
        <Button type="submit" loading={send.isPending}>
          {t("askNow")}
        </Button>
      </Stack>
    </form>
  );
}
