// Correcting a bulletin, and taking it back.
import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { FormDialog, missing } from "@/parts/FormDialog";
import { type BulletinView, concerned } from "./acts";
import { bodyOf, ContentFields, contentOf } from "./fields";

interface Props {
  found: BulletinView;
  opened: boolean;
  onClose: () => void;
}

export function CorrectDialog({ found, opened, onClose }: Props) {
  const { t } = useTranslation("bulletins");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("correct")}
      text={t("correctText")}
      submit={t("correct")}
      size="lg"
      initial={() => ({ ...contentOf(found as Parameters<typeof contentOf>[0]), reason: "" })}
      validate={(values) => missing(values, ["title", "text", "reason", "expires_at"], common("required"))}
      run={(values) => body(api.POST("/bulletins/{bulletin}/correct", { params: { path: { bulletin: found.id } }, body: { ...bodyOf(values), reason: values.reason.trim() } }))}
      done={t("corrected")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <ContentFields form={form} />
          <TextInput label={t("reason")} required maxLength={200} {...form.getInputProps("reason")} />
        </>
      )}
    </FormDialog>
  );
}

export function WithdrawDialog({ found, opened, onClose }: Props) {
  const { t } = useTranslation("bulletins");
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("withdraw")}
      text={t("withdrawAsk")}
      submit={t("withdraw")}
      danger
      initial={() => ({ reason: "mistaken" as Schemas["BulletinWithdrawal"]["reason"] })}
      run={({ reason }) => body(api.POST("/bulletins/{bulletin}/withdraw", { params: { path: { bulletin: found.id } }, body: { reason } }))}
      done={t("withdrawn")}
      refresh={concerned}
    >
      {(form) => <Select label={t("reason")} allowDeselect={false} data={(["mistaken", "resolved", "replaced", "unlawful"] as const).map((value) => ({ value, label: t(`withdrawnAs.${value}`) }))} {...form.getInputProps("reason")} />}
    </FormDialog>
  );
}
