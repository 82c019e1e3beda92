// The forms of a filing: its words, the identifier, the notice, the answer to an appeal, a correction.
import { Checkbox, Group, Radio, Select, Stack, TagsInput, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { currentLocale } from "@/i18n";
import { FormDialog, missing } from "@/parts/FormDialog";
import { concerned, type Filing, useCatalogue } from "./acts";

export type FilingForm = "words" | "identifier" | "notice" | "answer" | "correct";
interface Props {
  found: Filing;
  form: FilingForm | null;
  onClose: () => void;
}

const standards: Schemas["StandardOfProof"][] = ["police_report", "judgment", "arbitration", "signed_statement"];

export function FilingForms(props: Props) {
  return (
    <>
      <WordsForm {...props} />
      <Identifier {...props} />
      <Notice {...props} />
      <Answer {...props} />
      <Correct {...props} />
    </>
  );
}

const pathOf = ({ filing }: Filing) => ({ params: { path: { filing: filing.id } } });
const dayOf = (at: string | null | undefined) => (at ? at.slice(0, 10) : "");
/** A day without an hour, as the middle of it in UTC: the same day everywhere that people work. */
const instantOfDay = (day: string) => (day ? `${day}T12:00:00.000Z` : null);

interface EnterpriseValues {
  names: string[];
  former_names: string[];
  credit_code: string;
  lei: string;
  registration: string;
  [more: string]: unknown;
}
function enterpriseValues(enterprise: Schemas["FilingEnterprise"] | null | undefined): EnterpriseValues {
  return { names: enterprise?.names ?? [], former_names: enterprise?.former_names ?? [], credit_code: enterprise?.credit_code ?? "", lei: enterprise?.lei ?? "", registration: enterprise?.registration ?? "" };
}
export const noEnterprise = enterpriseValues(null);

export function enterpriseOf(values: EnterpriseValues): Schemas["FilingEnterprise"] {
  return { names: values.names, former_names: values.former_names, credit_code: values.credit_code.trim() || null, lei: values.lei.trim() || null, registration: values.registration.trim() || null };
}

export function EnterpriseFields<Values extends EnterpriseValues>({ form }: { form: UseFormReturnType<Values> }) {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  const field = (name: string) => form.getInputProps(name);
  return (
    <>
      <TagsInput label={t("enterpriseNames")} description={t("listHint")} required maxTags={10} {...field("names")} />
      <TagsInput label={t("formerNames")} description={t("listHint")} maxTags={10} {...field("former_names")} />
      <Group grow align="flex-start">
        <TextInput label={words("identifier.credit_code")} maxLength={18} className="figures" {...field("credit_code")} />
        <TextInput label={words("identifier.lei")} maxLength={20} className="figures" {...field("lei")} />
      </Group>
    </>
  );
}

function WordsForm({ found, form: shown, onClose }: Props) {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  const { t: common } = useTranslation();
  const catalogue = useCatalogue();
  const { subject, words: said } = found;
  const company = subject.kind === "enterprise";
  return (
    <FormDialog
      opened={shown === "words"}
      onClose={onClose}
      title={t("words")}
      submit={common("save")}
      size="lg"
      initial={() => ({
        name: subject.name,
        conduct: said.conduct as string,
        standard_of_proof: said.standard_of_proof as string,
        intentional_for_gain: said.intentional_for_gain,
        facts: said.facts,
        happened: dayOf(said.happened_at),
        decided: dayOf(said.decided_at),
        decided_by: said.decided_by,
        ended_how: said.ended_how,
        contact: said.contact,
        ...enterpriseValues(subject.enterprise),
      })}
      validate={(values) => missing(values, ["name"], common("required"))}
      run={(values) =>
        body(
          api.PATCH("/filings/{filing}", {
            ...pathOf(found),
            body: {
              name: values.name.trim(),
              conduct: values.conduct,
              standard_of_proof: values.standard_of_proof as Schemas["StandardOfProof"],
              intentional_for_gain: values.intentional_for_gain,
              facts: values.facts.trim(),
              happened_at: instantOfDay(values.happened),
              decided_at: instantOfDay(values.decided),
              decided_by: values.decided_by.trim(),
              ended_how: values.ended_how.trim(),
              contact: values.contact.trim(),
              ...(company && values.names.length > 0 ? { enterprise: enterpriseOf(values) } : {}),
            },
          }),
        )
      }
      done={t("done")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <TextInput label={t("name")} description={t("nameHint")} required maxLength={200} {...form.getInputProps("name")} />
          {company && <EnterpriseFields form={form} />}
          <Select label={t("conduct")} allowDeselect={false} data={(catalogue.data?.conduct ?? []).map((one) => ({ value: one.conduct, label: currentLocale() === "zh" ? one.title_zh : one.title_en }))} {...form.getInputProps("conduct")} />
          {form.values.conduct === "secrets_for_gain" && <Checkbox label={t("intentional")} {...form.getInputProps("intentional_for_gain", { type: "checkbox" })} />}
          <Select label={t("standardOfProof")} data={standards.map((value) => ({ value, label: words(`standard.${value}`) }))} allowDeselect={false} {...form.getInputProps("standard_of_proof")} />
          <Textarea label={t("facts")} description={t("factsHint")} autosize minRows={4} maxLength={8000} {...form.getInputProps("facts")} />
          <Group grow align="flex-start">
            <TextInput type="date" label={t("happenedAt")} {...form.getInputProps("happened")} />
            <TextInput type="date" label={t("decidedAt")} {...form.getInputProps("decided")} />
          </Group>
          <TextInput label={t("decidedBy")} maxLength={200} {...form.getInputProps("decided_by")} />
          <Textarea label={t("endedHow")} autosize minRows={2} maxLength={2000} {...form.getInputProps("ended_how")} />
          <TextInput label={t("contact")} description={t("contactHint")} maxLength={60} {...form.getInputProps("contact")} />
        </>
      )}
    </FormDialog>
  );
}

function Identifier({ found, form: shown, onClose }: Props) {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={shown === "identifier"}
      onClose={onClose}
      title={t("enterIdentifier")}
      text={t("identifierText")}
      submit={common("save")}
      initial={() => ({ kind: "resident_id" as Schemas["IdentifierKind"], text: "", born: "" })}
      validate={(values) => missing(values, values.kind === "passport" ? ["text", "born"] : ["text"], common("required"))}
      run={({ kind, text, born }) => body(api.POST("/filings/{filing}/identifier", { ...pathOf(found), body: { kind, identifier: text.trim(), ...(kind === "passport" && born ? { born_at: instantOfDay(born) } : {}) } }))}
      done={t("done")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <Select label={t("identifier")} allowDeselect={false} data={(["resident_id", "passport"] as const).map((value) => ({ value, label: words(`identifier.${value}`) }))} {...form.getInputProps("kind")} />
          <TextInput label={t("personNumber")} required maxLength={64} autoComplete="off" spellCheck={false} className="figures" {...form.getInputProps("text")} />
          {form.values.kind === "passport" && <TextInput type="date" label={t("bornAt")} description={t("bornHint")} required {...form.getInputProps("born")} />}
        </>
      )}
    </FormDialog>
  );
}

function Notice({ found, form: shown, onClose }: Props) {
  const { t } = useTranslation("filings");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={shown === "notice"}
      onClose={onClose}
      title={t("notice")}
      text={t("noticeText")}
      submit={t("notice")}
      initial={() => ({ to: "" })}
      validate={(values) => missing(values, ["to"], common("required"))}
      run={({ to }) => body(api.POST("/filings/{filing}/notice", { ...pathOf(found), body: { to: to.trim() } }))}
      done={t("noticeSent")}
      refresh={concerned}
    >
      {(form) => <TextInput label={t("noticeTo")} description={t("noticeToHint")} required maxLength={200} autoComplete="off" {...form.getInputProps("to")} />}
    </FormDialog>
  );
}

/** What of a label may be put right. */
function LabelFields({ form, company }: { form: UseFormReturnType<{ contact: string; decided: string } & EnterpriseValues>; company: boolean }) {
  const { t } = useTranslation("filings");
  return (
    <>
      <TextInput label={t("contact")} maxLength={60} {...form.getInputProps("contact")} />
      <TextInput type="date" label={t("decidedAt")} {...form.getInputProps("decided")} />
      {company && <EnterpriseFields form={form} />}
    </>
  );
}

function labelOf(found: Filing, values: { contact: string; decided: string } & EnterpriseValues) {
  const { words: said, subject } = found;
  return {
    ...(values.contact.trim() && values.contact.trim() !== said.contact ? { contact: values.contact.trim() } : {}),
    ...(values.decided && values.decided !== dayOf(said.decided_at) ? { decided_at: instantOfDay(values.decided) } : {}),
    ...(subject.kind === "enterprise" && values.names.length > 0 ? { enterprise: enterpriseOf(values) } : {}),
  };
}

function Answer({ found, form: shown, onClose }: Props) {
  const { t } = useTranslation("filings");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={shown === "answer"}
      onClose={onClose}
      title={t("answer")}
      text={t("answerText")}
      submit={t("answer")}
      size="lg"
      initial={() => ({ outcome: "" as Schemas["FilingAnswer"]["outcome"] | "", reasons: "", contact: found.words.contact, decided: dayOf(found.words.decided_at), ...enterpriseValues(found.subject.enterprise) })}
      validate={(values) => missing(values, ["outcome", "reasons"], common("required"))}
      run={(values) =>
        body(
          api.POST("/filings/{filing}/answer", {
            ...pathOf(found),
            body: { outcome: values.outcome as Schemas["FilingAnswer"]["outcome"], reasons: values.reasons.trim(), ...(values.outcome === "corrected" ? labelOf(found, values) : {}) },
          }),
        )
      }
      done={t("done")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <Radio.Group label={t("answerOutcome")} required {...form.getInputProps("outcome")}>
            <Stack gap="xs" mt={6}>
              {(["upheld", "corrected", "taken_back"] as const).map((value) => <Radio key={value} value={value} label={t(`answerWords.${value}`)} />)}
            </Stack>
          </Radio.Group>
          {form.values.outcome === "corrected" && <LabelFields form={form as never} company={found.subject.kind === "enterprise"} />}
          <Textarea label={t("reasons")} description={t("reasonsHint")} required autosize minRows={4} maxLength={8000} {...form.getInputProps("reasons")} />
        </>
      )}
    </FormDialog>
  );
}

function Correct({ found, form: shown, onClose }: Props) {
  const { t } = useTranslation("filings");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={shown === "correct"}
      onClose={onClose}
      title={t("correct")}
      text={t("correctText")}
      submit={t("correct")}
      size="lg"
      initial={() => ({ reason: "", contact: found.words.contact, decided: dayOf(found.words.decided_at), ...enterpriseValues(found.subject.enterprise) })}
      validate={(values) => missing(values, ["reason"], common("required"))}
      run={(values) => body(api.POST("/filings/{filing}/correct", { ...pathOf(found), body: { reason: values.reason.trim(), ...labelOf(found, values) } }))}
      done={t("done")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <LabelFields form={form as never} company={found.subject.kind === "enterprise"} />
          <Textarea label={t("reasons")} required autosize minRows={2} maxLength={1000} {...form.getInputProps("reason")} />
        </>
      )}
    </FormDialog>
  );
}
