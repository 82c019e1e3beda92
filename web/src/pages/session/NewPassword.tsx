// Two fields for a new password, and how they are checked.
import { PasswordInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import i18next from "i18next";
import { useTranslation } from "react-i18next";

export interface PasswordPair {
  password: string;
  again: string;
}

export const passwordChecks = {
  password: (value: string) => (value.length < 12 ? i18next.t("passwordShort", { ns: "common" }) : null),
  again: (value: string, values: PasswordPair) =>
    value === values.password ? null : i18next.t("passwordsDiffer", { ns: "common" }),
};

export function NewPassword<Values extends PasswordPair>({ form, autoFocus }: { form: UseFormReturnType<Values>; autoFocus?: boolean }) {
  const { t } = useTranslation("session");
  return (
    <>
      <PasswordInput
        label={t("newPassword")}
        description={t("passwordHint")}
        required
        autoFocus={autoFocus}
        autoComplete="new-password"
        maxLength={256}
        {...form.getInputProps("password")}
      />
      <PasswordInput label={t("repeatPassword")} required autoComplete="new-password" maxLength={256} {...form.getInputProps("again")} />
    </>
  );
}
