// An invitation: /welcome#<token>.
import { Alert, Button, Center, Loader, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body } from "@/api/client";
import { asApiError } from "@/api/errors";
import { setLocale } from "@/i18n";
import { Failure } from "@/parts/Failure";
import { acceptSession } from "@/session/session";
import { Doorway } from "./Doorway";
import { NewPassword, passwordChecks } from "./NewPassword";
import { useFragmentToken } from "./useFragmentToken";

export function Component() {
  const { t } = useTranslation("session");
  const { t: common } = useTranslation();
  const token = useFragmentToken();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => body(api.POST("/invitations/look", { body: { token } })),
    enabled: token !== "",
    retry: false,
    staleTime: Infinity,
  });
  const form = useForm({
    initialValues: { name: "", password: "" },
    validate: { name: isNotEmpty(common("required")), ...passwordChecks },
  });
  const invited = invitation.data;
  useEffect(() => {
    if (!invited) return;
    form.setFieldValue("name", invited.name);
    setLocale(invited.locale);
  }, [invited]);

  const accept = async (values: typeof form.values) => {
    setBusy(true);
    setError(null);
    try {
      const session = await body(
        api.POST("/invitations/accept", { body: { token, password: values.password, name: values.name.trim() } }),
      );
      queries.clear();
      acceptSession(queries, session);
      navigate("/", { replace: true });
    } catch (refusal) {
      form.setErrors(asApiError(refusal).fields);
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };

  if (!token) {
    return (
      <Doorway title={t("linkMissing")}>
        <Alert color="yellow">{t("linkMissingText")}</Alert>
      </Doorway>
    );
  }
  if (invitation.error) {
    const gone = asApiError(invitation.error).status === 404;
    return (
      <Doorway title={gone ? t("linkDead") : common("errorTitle")} text={gone ? t("linkDeadText") : undefined}>
        {!gone && <Failure error={invitation.error} onRetry={() => void invitation.refetch()} />}
        <Button component={Link} to="/sign-in" variant="default">
          {t("signIn")}
        </Button>
      </Doorway>
    );
  }
  if (!invited) {
    return (
      <Doorway title={common("loading")}>
        <Center>
          <Loader />
        </Center>
      </Doorway>
    );
  }
  return (
    <Doorway title={t("welcomeTitle", { name: invited.name })} text={t("welcomeText", { organisation: invited.organisation })}>
      <form onSubmit={form.onSubmit(accept)} noValidate>
        <Stack>
          <Failure error={error} />
          <TextInput label={common("email")} value={invited.email} readOnly autoComplete="username" />
          <TextInput label={t("yourName")} required autoComplete="name" maxLength={200} {...form.getInputProps("name")} />
          <NewPassword form={form} autoFocus />
          <Button type="submit" size="md" fullWidth loading={busy}>
            {t("accept")}
          </Button>
        </Stack>
      </form>
    </Doorway>
  );
}
