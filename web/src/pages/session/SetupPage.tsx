// The first run: reached by the link that `probity serve` prints, /setup#<token>.
import { Alert, Button, Select, Stack, TextInput } from "@mantine/core";
import { isEmail, isNotEmpty, useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body } from "@/api/client";
import { asApiError } from "@/api/errors";
import { currentLocale } from "@/i18n";
import { Failure } from "@/parts/Failure";
import { allZones, ownZone } from "@/parts/times";
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
  const setup = useQuery({ queryKey: ["setup"], queryFn: () => body(api.GET("/setup")), retry: false });
  const form = useForm({
    initialValues: { organisation: "", name: "", email: "", password: "", zone: ownZone },
    validate: {
      organisation: isNotEmpty(common("required")),
      name: isNotEmpty(common("required")),
      email: isEmail(common("invalidEmail")),
      ...passwordChecks,
    },
  });

  const create = async (values: typeof form.values) => {
    setBusy(true);
    setError(null);
    try {
      const session = await body(
        api.POST("/setup", { body: { ...values, email: values.email.trim(), token, locale: currentLocale() } }),
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

  if (setup.data && !setup.data.needed) {
    return (
      <Doorway title={t("alreadySetUp")}>
        <Button component={Link} to="/sign-in">
          {t("signIn")}
        </Button>
      </Doorway>
    );
  }
  if (!token) {
    return (
      <Doorway title={t("linkMissing")}>
        <Alert color="yellow">{t("linkMissingText")}</Alert>
      </Doorway>
    );
  }
  return (
    <Doorway title={t("setupTitle")} text={t("setupText")}>
      <form onSubmit={form.onSubmit(create)} noValidate>
        <Stack>
          <Failure error={error} />
          <TextInput label={t("organisation")} description={t("organisationHint")} required autoFocus autoComplete="organization" maxLength={200} {...form.getInputProps("organisation")} />
          <TextInput label={t("yourName")} required autoComplete="name" maxLength={200} {...form.getInputProps("name")} />
          <TextInput label={common("email")} type="email" required autoComplete="username" maxLength={254} {...form.getInputProps("email")} />
          <NewPassword form={form} />
          <Select label={t("zone")} description={t("zoneHint")} data={allZones()} searchable allowDeselect={false} maxDropdownHeight={240} limit={80} {...form.getInputProps("zone")} />
          <Button type="submit" size="md" fullWidth loading={busy}>
            {t("create")}
          </Button>
        </Stack>
      </form>
    </Doorway>
  );
}
