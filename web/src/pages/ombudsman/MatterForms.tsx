// What the ombudsman may do, each with reasons.
import { Radio, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { FormDialog, missing } from "@/parts/FormDialog";
import { EnterpriseFields, enterpriseOf, noEnterprise } from "../filings/FilingForms";

export type MatterForm = "decide" | "post" | "consent" | "acquittal" | "overturn" | "suspend" | "resume";
interface Props {
  found: Schemas["MatterDetail"];
  form: MatterForm | null;
  onClose: () => void;
}

const concerned = ["matters", "matter", "ombudsman-decisions", "ombudsman-statistics"];
const pathOf = (found: Schemas["MatterDetail"]) => ({ params: { path: { listing: found.matter.listing } } });

export function MatterForms(props: Props) {
  const { t } = useTranslation("filings");
  return (
    <>
      <Decide {...props} />
      <Post {...props} />
      <Reasoned {...props} verb="consent" title={t("consent")} text="" />
      <Reasoned {...props} verb="acquittal" title={t("acquittal")} text={t("acquittalText")} />
      <Reasoned {...props} verb="overturn" title={t("overturn")} text={t("overturnText")} danger />
      <Reasoned {...props} verb="suspend" title={t("suspendMatter")} text={t("suspendText")} />
      <Reasoned {...props} verb="resume" title={t("resumeMatter")} text={t("resumeText")} />
    </>
  );
}

function Reasoned({ found, form: shown, onClose, verb, title, text, danger }: Props & { verb: Exclude<MatterForm, "decide" | "post">; title: string; text: string; danger?: boolean }) {
  const { t } = useTranslation("filings");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={shown === verb}
      onClose={onClose}
      title={title}
      text={text}
      submit={title}
      {...(danger ? { danger } : {})}
      initial={() => ({ reasons: "" })}
      validate={(values) => missing(values, ["reasons"], common("required"))}
      run={({ reasons }) => body(api.POST(`/ombudsman/matters/{listing}/${verb}`, { ...pathOf(found), body: { reasons: reasons.trim() } }))}
      done={t("done")}
      refresh={concerned}
    >
      {(form) => <Textarea label={t("reasons")} required autosize minRows={4} maxLength={8000} data-autofocus {...form.getInputProps("reasons")} />}
    </FormDialog>
  );
}

function Post({ found, form: shown, onClose }: Props) {
  const { t } = useTranslation("filings");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={shown === "post"}
      onClose={onClose}
      title={t("post")}
      text={t("postText")}
      submit={common("save")}
      initial={() => ({ reference: "" })}
      validate={(values) => missing(values, ["reference"], common("required"))}
      run={({ reference }) => body(api.POST("/ombudsman/matters/{listing}/post", { ...pathOf(found), body: { reference: reference.trim() } }))}
      done={t("done")}
      refresh={concerned}
    >
      {(form) => <TextInput label={t("postReference")} required maxLength={200} {...form.getInputProps("reference")} />}
    </FormDialog>
  );
}

function Decide({ found, form: shown, onClose }: Props) {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  const { t: common } = useTranslation();
  const { matter } = found;
  const person = matter.kind === "person";
  const corrects = (values: { outcome: string }) => person && values.outcome === "corrected";
  const renames = (values: { outcome: string }) => !person && values.outcome === "corrected";
  return (
    <FormDialog
      opened={shown === "decide"}
      onClose={onClose}
      title={t("decide")}
      text={t("decideText")}
      submit={t("decide")}
      size="lg"
      initial={() => ({ outcome: "" as Schemas["Ruling"]["outcome"] | "", reasons: "", kind: "resident_id" as Schemas["IdentifierKind"], text: "", reference: "", filer: matter.filer, contact: "", decided: "", until: (matter.life.expires_at ?? "").slice(0, 10), ...noEnterprise })}
      validate={(values) => missing(values, corrects(values) ? ["outcome", "reasons", "text", "reference", "filer", "contact", "decided", "until"] : renames(values) ? ["outcome", "reasons", "names"] : ["outcome", "reasons"], common("required"))}
      run={(values) =>
        body(
          api.POST("/ombudsman/matters/{listing}/decide", {
            ...pathOf(found),
            body: {
              outcome: values.outcome as Schemas["Ruling"]["outcome"],
              reasons: values.reasons.trim(),
              ...(corrects(values)
                ? {
                    identifier: { kind: values.kind, text: values.text.trim() },
                    label: {
                      reference: values.reference.trim(),
                      conduct: matter.conduct,
                      filer: values.filer.trim(),
                      contact: values.contact.trim(),
                      decided_at: `${values.decided}T12:00:00.000Z`,
                      until: `${values.until}T12:00:00.000Z`,
                    },
                  }
                : {}),
              ...(renames(values) ? { enterprise: enterpriseOf(values) } : {}),
            },
          }),
        )
      }
      done={t("decided")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <Radio.Group label={t("ruling")} required {...form.getInputProps("outcome")}>
            <Stack gap="xs" mt={6}>
              {(["upheld", "corrected", "taken_back"] as const).map((value) => <Radio key={value} value={value} label={words(`outcome.${value}`)} />)}
            </Stack>
          </Radio.Group>
          {corrects(form.values) && (
            <Stack gap="sm" role="group" aria-label={t("correctLabel")}>
              <TextInput label={t("labelReference")} required maxLength={40} {...form.getInputProps("reference")} />
              <TextInput label={t("filer")} required maxLength={100} {...form.getInputProps("filer")} />
              <TextInput label={t("contact")} required maxLength={60} {...form.getInputProps("contact")} />
              <TextInput type="date" label={t("decidedAt")} required {...form.getInputProps("decided")} />
              <TextInput type="date" label={t("labelUntil")} required {...form.getInputProps("until")} />
              <Select label={t("identifier")} allowDeselect={false} data={(["resident_id", "passport"] as const).map((value) => ({ value, label: words(`identifier.${value}`) }))} {...form.getInputProps("kind")} />
              <TextInput label={t("rulingIdentifier")} description={t("rulingIdentifierHint")} required autoComplete="off" maxLength={64} {...form.getInputProps("text")} />
            </Stack>
          )}
          {renames(form.values) && <EnterpriseFields form={form} />}
          <Textarea label={t("reasons")} required autosize minRows={5} maxLength={8000} {...form.getInputProps("reasons")} />
        </>
      )}
    </FormDialog>
  );
}
