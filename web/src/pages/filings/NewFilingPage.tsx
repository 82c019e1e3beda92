// A filing begins: whom, what conduct, from which case. Conduct that is never a ground is refused here with its reason.
import { Alert, Anchor, Button, Card, Group, SegmentedControl, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { currentLocale } from "@/i18n";
import { Failure } from "@/parts/Failure";
import { PageHeader } from "@/parts/PageHeader";
import { useCatalogue } from "./acts";

export function Component() {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const catalogue = useCatalogue();
  const form = useForm({
    initialValues: { kind: "person" as Schemas["SubjectKind"], name: "", conduct: "", case: params.get("case"), accused: null as string | null },
    validate: {
      conduct: (conduct) => (conduct === "" ? common("required") : null),
      name: (name, { accused }) => (name.trim() === "" && !accused ? common("required") : null),
    },
  });
  const cases = useQuery({ queryKey: ["cases", "select"], queryFn: ({ signal }) => body(api.GET("/cases", { signal, params: { query: { limit: 100 } } })) });
  const chosen = useQuery({
    queryKey: ["case", form.values.case],
    queryFn: ({ signal }) => body(api.GET("/cases/{case}", { signal, params: { path: { case: form.values.case ?? "" } } })),
    enabled: Boolean(form.values.case),
  });
  const accused = chosen.data?.parties.filter((party) => party.accused) ?? [];
  const begin = useAct(
    (values: typeof form.values) =>
      body(
        api.POST("/filings", {
          body: {
            kind: values.kind,
            conduct: values.conduct,
            ...(values.name.trim() ? { name: values.name.trim() } : {}),
            ...(values.case ? { case: values.case } : {}),
            ...(values.case && values.accused ? { accused: values.accused } : {}),
          },
        }),
      ),
    { done: ({ filing }) => t("begun", { number: filing.number }), refresh: ["filings"], quiet: true, onSuccess: ({ filing }) => navigate(`/filings/${filing.id}`) },
  );
  const grounds = words("why", { returnObjects: true }) as Record<string, string>;
  const conduct = [
    { group: t("catalogue"), items: (catalogue.data?.conduct ?? []).map((one) => ({ value: one.conduct as string, label: currentLocale() === "zh" ? one.title_zh : one.title_en })) },
    // Offered on purpose: whoever means one of these learns here why it cannot be listed, and where it belongs.
    { group: t("never"), items: (catalogue.data?.never ?? []).map(({ ground }) => ({ value: ground, label: words(`ground.${ground as "speech"}`, { defaultValue: ground }) })) },
  ];
  return (
    <>
      <PageHeader title={t("new")} back={{ to: "/filings", label: t("title") }} text={t("emptyText")} />
      <form onSubmit={form.onSubmit((values) => begin.mutate(values))} noValidate>
        <Card maw={640}>
          <Stack>
            <SegmentedControl aria-label={t("whom")} data={(["person", "enterprise"] as const).map((value) => ({ value, label: words(`kind.${value}`) }))} {...form.getInputProps("kind")} />
            <Select label={t("case")} placeholder={t("noCase")} clearable searchable data={(cases.data?.items ?? []).map(({ id, number, title }) => ({ value: id, label: `${number} · ${title}` }))} {...form.getInputProps("case")} />
            {accused.length > 0 && <Select label={t("accused")} clearable data={accused.map(({ id, name }) => ({ value: id, label: name }))} {...form.getInputProps("accused")} />}
            <TextInput label={t("name")} description={t("nameHint")} required={!form.values.accused} maxLength={200} autoComplete="off" {...form.getInputProps("name")} />
            <Select label={t("conduct")} required searchable data={conduct} {...form.getInputProps("conduct")} />
            {form.values.conduct in grounds && <Alert color="orange" title={t("refusedGround")}>{words(`why.${form.values.conduct as "speech"}`)}</Alert>}
            <Text size="sm"><Anchor component={Link} to="/filings/catalogue" inherit>{t("catalogue")}</Anchor></Text>
            <Failure error={begin.error} />
            <Group justify="flex-end">
              <Button component={Link} to="/filings" variant="default">{common("cancel")}</Button>
              <Button type="submit" loading={begin.isPending} disabled={form.values.conduct in grounds}>{t("begin")}</Button>
            </Group>
          </Stack>
        </Card>
      </form>
    </>
  );
}
