// The field for a new password, and how it is checked: typed once, for whoever is in doubt can look at it.
import { PasswordInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import i18next from "i18next";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import "@/texts/session";

export interface PasswordField {
  password: string;
}

export const passwordChecks = {
  password: (value: string) => ([...value].length < 12 ? i18next.t("passwordShort", { ns: "common" }) : null),
};

export function NewPassword<Values extends PasswordField>({ form, autoFocus }: { form: UseFormReturnType<Values>; autoFocus?: boolean }) {
  const { t } = useTranslation("session");
  const [visible, setVisible] = useState(false);
  return (
    <PasswordInput
      label={t("newPassword")}
      description={t("passwordHint")}
      required
      autoFocus={autoFocus}
      autoComplete="new-password"
      maxLength={256}
      visible={visible}
      onVisibilityChange={setVisible}
      visibilityToggleButtonProps={{
        "aria-label": t("showPassword"),
        tabIndex: 0,
        // The space bar is the component's own.
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          setVisible(!visible);
        },
      }}
      {...form.getInputProps("password")}
    />
  );
}
