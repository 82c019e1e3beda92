import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { IconPlugConnected } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router-dom";
import { api, body } from "@/api/client";
import { asApiError } from "@/api/errors";
import { Failure } from "@/parts/Failure";
import { acceptSession } from "@/session/session";
import { Doorway } from "./Doorway";

/** Only addresses of this site: "//elsewhere" would leave it. */
function inside(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : "/";
}

// What a sign-in that lacks the second factor is answered with.
const wantsCode = new Set(["second_factor_required", "totp_required", "code_required"]);

export function Component() {
  const { t } = useTranslation("session");
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [withCode, setWithCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const form = useForm({ initialValues: { email: "", password: "", code: "" } });
  const setup = useQuery({ queryKey: ["setup"], queryFn: () => body(api.GET("/setup")), retry: false });

  const signIn = async (values: typeof form.values) => {
    setBusy(true);
    setError(null);
    try {
      const code = values.code.trim();
      const session = await body(
        api.POST("/sign-in", { body: { email: values.email.trim(), password: values.password, ...(code ? { code } : {}) } }),
      );
      queries.clear();
      acceptSession(queries, session);
      navigate(inside(params.get("next")), { replace: true });
    } catch (refusal) {
      if (wantsCode.has(asApiError(refusal).code) && !withCode) setWithCode(true);
      else setError(refusal);
    } finally {
      setBusy(false);
    }
  };

  if (setup.data?.needed) {
    return (
      <Doorway title={t("setupNeeded")}>
        <Alert icon={<IconPlugConnected size={18} />} variant="light">
          {t("setupNeededText")}
        </Alert>
      </Doorway>
    );
  }
  return (
    <Doorway title={t("signIn")}>
      {params.has("ended") && !error && (
        <Alert color="gray" title={t("signedOut")}>
          {t("signedOutText")}
        </Alert>
      )}
      <form onSubmit={form.onSubmit(signIn)}>
        <Stack>
          <Failure error={error} />
          <TextInput label={t("email", { ns: "common" })} type="email" required autoFocus autoComplete="username" {...form.getInputProps("email")} />
          <PasswordInput label={t("password")} required autoComplete="current-password" {...form.getInputProps("password")} />
          {withCode ? (
            <TextInput
              label={t("code")}
              description={t("codeHint")}
              autoFocus
              inputMode="numeric"
              autoComplete="one-time-code"
              {...form.getInputProps("code")}
            />
          ) : (
            <Anchor component="button" type="button" size="sm" onClick={() => setWithCode(true)} style={{ alignSelf: "flex-start" }}>
              {t("useCode")}
            </Anchor>
          )}
          <Button type="submit" size="md" fullWidth loading={busy}>
            {t("signIn")}
          </Button>
          <Text size="xs" c="dimmed">
            {t("forgot")}
          </Text>
        </Stack>
      </form>
    </Doorway>
  );
}
