// The forms behind a hit's steps. None of them can turn somebody down: the last one records a decision with its reasons.
import { Alert, Radio, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { CopyField } from "@/parts/CopyField";
import { FormDialog, missing } from "@/parts/FormDialog";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { concerned, type Hit, isCompany, toBeAsked } from "./acts";
import { IdentifierFields } from "./AskPerson";

export type HitForm = Schemas["HitVerb"];
interface Props {
  hit: Hit;
  form: HitForm | null;
  onClose: () => void;
}

const leastReasons = 20;

export function HitForms(props: Props) {
  return (
    <>
      <Confirm {...props} />
      <Contact {...props} />
      <Notify {...props} />
      <Note {...props} verb="answer" />
      <Note {...props} verb="withdraw" />
      <Decide {...props} verb="decide" />
      <Decide {...props} verb="reconsider" />
      <LookAgain {...props} />
    </>
  );
}

const pathOf = ({ id }: Hit) => ({ params: { path: { hit: id } } });

function Confirm({ hit, form: shown, onClose }: Props) {
  const { t } = useTranslation("screening");
  const { t: common } = useTranslation();
  const company = isCompany(hit);
  const ways = company ? (["credit_code"] as const) : (["birth_date", "name", "document_photo"] as const);
  return (
    <FormDialog
      opened={shown === "confirm"}
      onClose={onClose}
      title={t("confirm")}
      text={t(company ? "rungConfirmCompanyText" : "rungConfirmText")}
      submit={common("confirm")}
      initial={() => ({ way: (company ? "credit_code" : "birth_date") as Schemas["HitIdentity"]["way"], stated: "", document: "", same: "", note: "" })}
      validate={(values) => missing(values, values.way === "document_photo" ? ["same", "note"] : ["same", "note", "stated", "document"], common("required"))}
      run={({ way, stated, document, same, note }) =>
        body(
          api.POST("/screening/hits/{hit}/confirm", {
            ...pathOf(hit),
            body: { way, same: same === "yes", note: note.trim(), ...(way === "document_photo" ? {} : { stated: stated.trim(), document: document.trim() }) },
          }),
        )
      }
      done={t("recorded")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <Select label={t("confirmWay")} allowDeselect={false} data={ways.map((value) => ({ value, label: t(`way.${value}`) }))} {...form.getInputProps("way")} />
          {form.values.way !== "document_photo" && (
            <>
              <TextInput label={t(company ? "statedCompany" : "stated")} description={t("comparedHint")} required autoComplete="off" maxLength={200} placeholder={form.values.way === "birth_date" ? "1990-04-17" : undefined} {...form.getInputProps("stated")} />
              <TextInput label={t(company ? "labelHas" : "documentHas")} required autoComplete="off" maxLength={200} placeholder={form.values.way === "birth_date" ? "1990-04-17" : undefined} {...form.getInputProps("document")} />
            </>
          )}
          <Radio.Group label={t(company ? "sameCompany" : "same")} required {...form.getInputProps("same")}>
            <Stack gap="xs" mt={6}>
              <Radio value="yes" label={t("sameYes")} />
              <Radio value="no" label={t("sameNo")} description={t("sameNoText")} />
            </Stack>
          </Radio.Group>
          <Textarea label={t("note")} description={t("noteHint")} required autosize minRows={2} maxLength={2000} {...form.getInputProps("note")} />
        </>
      )}
    </FormDialog>
  );
}

function Contact({ hit, form: shown, onClose }: Props) {
  const { t } = useTranslation("screening");
  const { t: common } = useTranslation();
  const open = toBeAsked(hit).map(({ index, label }) => ({ index, name: [label.filer, label.contact, label.reference].filter(Boolean).join(" · ") }));
  return (
    <FormDialog
      opened={shown === "contact"}
      onClose={onClose}
      title={t("contactFiler")}
      text={open.map(({ name }) => name).join("\n")}
      submit={common("save")}
      initial={() => ({ label: open.length === 1 ? String(open[0]?.index) : "", spoke_to: "", at: new Date().toISOString() as string | null, channel: "phone" as Schemas["HitContact"]["channel"], answer: "" as Schemas["HitContact"]["answer"] | "", note: "" })}
      validate={(values) => missing(values, ["label", "spoke_to", "at", "answer", "note"], common("required"))}
      run={({ label, spoke_to, at, channel, answer, note }) =>
        body(api.POST("/screening/hits/{hit}/contact", { ...pathOf(hit), body: { label: Number(label), spoke_to: spoke_to.trim(), at: at ?? "", channel, answer: answer as Schemas["HitContact"]["answer"], note: note.trim() } }))
      }
      done={t("recorded")}
      refresh={concerned}
    >
      {(form) => (
        <>
          {open.length > 1 && <Select label={t("whichFiler")} required allowDeselect={false} data={open.map(({ index, name }) => ({ value: String(index), label: name }))} {...form.getInputProps("label")} />}
          <TextInput label={t("spokeTo")} required maxLength={200} {...form.getInputProps("spoke_to")} />
          <ZonedTimeInput label={t("when")} required fixedZone zone="" at={form.values.at} error={form.errors.at} onChange={(at) => form.setFieldValue("at", at)} />
          <Select label={t("channelLabel")} allowDeselect={false} data={(["phone", "mail", "letter", "meeting"] as const).map((value) => ({ value, label: t(`channel.${value}`) }))} {...form.getInputProps("channel")} />
          <Radio.Group label={t("filerAnswer")} required {...form.getInputProps("answer")}>
            <Stack gap="xs" mt={6}>
              {(["confirmed", "not_confirmed", "no_answer"] as const).map((value) => <Radio key={value} value={value} label={t(`filerSaid.${value}`)} />)}
            </Stack>
          </Radio.Group>
          <Textarea label={t("note")} description={t("noteHint")} required autosize minRows={2} maxLength={2000} {...form.getInputProps("note")} />
        </>
      )}
    </FormDialog>
  );
}

function Notify({ hit, form: shown, onClose }: Props) {
  const { t } = useTranslation("screening");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={shown === "notify"}
      onClose={onClose}
      title={t("notify")}
      text={t("rungNotifyText")}
      submit={common("save")}
      initial={() => ({ at: new Date().toISOString() as string | null, way: "mail" as Schemas["HitNotice"]["way"], note: "" })}
      validate={(values) => missing(values, ["at", "note"], common("required"))}
      run={({ at, way, note }) => body(api.POST("/screening/hits/{hit}/notify", { ...pathOf(hit), body: { at: at ?? "", way, note: note.trim() } }))}
      done={t("recorded")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <CopyField label={t("noticeText")} value={t("noticeBody", { filer: hit.labels.filter(({ stands }) => stands).map(({ filer }) => filer).join(t("and")) })} />
          <ZonedTimeInput label={t("when")} required fixedZone zone="" at={form.values.at} error={form.errors.at} onChange={(at) => form.setFieldValue("at", at)} />
          <Select label={t("channelLabel")} allowDeselect={false} data={(["mail", "letter", "phone", "in_person"] as const).map((value) => ({ value, label: t(`notifyWay.${value}`) }))} {...form.getInputProps("way")} />
          <Textarea label={t("note")} description={t("noteHint")} required autosize minRows={2} maxLength={2000} {...form.getInputProps("note")} />
        </>
      )}
    </FormDialog>
  );
}

function Note({ hit, form: shown, onClose, verb }: Props & { verb: "answer" | "withdraw" }) {
  const { t } = useTranslation("screening");
  const { t: common } = useTranslation();
  const answer = verb === "answer";
  return (
    <FormDialog
      opened={shown === verb}
      onClose={onClose}
      title={answer ? t("personAnswer") : t("candidateWithdrew")}
      text={answer ? "" : t("candidateWithdrewText")}
      submit={common("save")}
      initial={() => ({ note: "" })}
      validate={(values) => missing(values, ["note"], common("required"))}
      run={({ note }) => {
        const call = { ...pathOf(hit), body: { note: note.trim() } };
        return body(answer ? api.POST("/screening/hits/{hit}/answer", call) : api.POST("/screening/hits/{hit}/withdraw", call));
      }}
      done={t("recorded")}
      refresh={concerned}
    >
      {(form) => <Textarea label={answer ? t("theirWords") : t("note")} description={t("noteHint")} required autosize minRows={3} maxLength={2000} data-autofocus {...form.getInputProps("note")} />}
    </FormDialog>
  );
}

function Decide({ hit, form: shown, onClose, verb }: Props & { verb: "decide" | "reconsider" }) {
  const { t } = useTranslation("screening");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={shown === verb}
      onClose={onClose}
      title={verb === "decide" ? t("decide") : t("reconsider")}
      submit={common("save")}
      size="lg"
      initial={() => ({ outcome: "" as Schemas["HitOutcome"] | "", reasons: "" })}
      validate={(values) => ({ ...missing(values, ["outcome"], common("required")), ...(values.reasons.trim().length < leastReasons ? { reasons: t("reasonsShort") } : {}) })}
      run={({ outcome, reasons }) => {
        const call = { ...pathOf(hit), body: { outcome: outcome as Schemas["HitOutcome"], reasons: reasons.trim() } };
        return body(verb === "decide" ? api.POST("/screening/hits/{hit}/decide", call) : api.POST("/screening/hits/{hit}/reconsider", call));
      }}
      done={t("recorded")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <Alert color="yellow" variant="light">
            <Text size="sm">{t("hitIsNot1")} {t("hitIsNot3")}</Text>
          </Alert>
          <Radio.Group label={t("outcomeLabel")} required {...form.getInputProps("outcome")}>
            <Stack gap="xs" mt={6}>
              {(["engaged", "declined_confirmed_facts", "declined_other_reasons", "position_closed"] as const).map((value) => <Radio key={value} value={value} label={t(`hitOutcome.${value}`)} />)}
            </Stack>
          </Radio.Group>
          <Textarea label={t("reasons")} description={t("reasonsHint")} required autosize minRows={4} maxLength={4000} {...form.getInputProps("reasons")} />
        </>
      )}
    </FormDialog>
  );
}

function LookAgain({ hit, form: shown, onClose }: Props) {
  const { t } = useTranslation("screening");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={shown === "look-again"}
      onClose={onClose}
      title={t("lookAgain")}
      text={t("lookAgainText")}
      submit={t("lookAgain")}
      initial={() => ({ kind: "resident_id" as Schemas["PersonIdentifierKind"], identifier: "", country: "" })}
      validate={(values) => missing(values, values.kind === "passport" ? ["identifier", "country"] : ["identifier"], common("required"))}
      run={({ kind, identifier, country }) => body(api.POST("/screening/hits/{hit}/look-again", { ...pathOf(hit), body: { kind, identifier: identifier.trim(), ...(kind === "passport" ? { country } : {}) } }))}
      done={t("recorded")}
      refresh={concerned}
    >
      {(form) => <IdentifierFields values={form.values} errors={form.errors} onChange={(changed) => form.setValues(changed)} />}
    </FormDialog>
  );
}
