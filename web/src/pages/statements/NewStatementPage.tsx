// A statement begins: which case, which wording.
import { Button, Group, Select, SimpleGrid, Stack, Text, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { currentLocale } from "@/i18n";
import { Failure } from "@/parts/Failure";
import { PageHeader } from "@/parts/PageHeader";
import "@/texts/statements";
import choices from "../commitments/send.module.css";

type Kind = Schemas["StatementKind"];

export function Component() {
  const { t } = useTranslation("statements");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [chosen, setChosen] = useState<string | null>(params.get("case"));
  const [kind, setKind] = useState<Kind | null>(null);
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed, 250);
  const cases = useQuery({
    queryKey: ["cases", "select", search],
    queryFn: ({ signal }) => body(api.GET("/cases", { signal, params: { query: { limit: 50, ...(search ? { search } : {}) } } })),
    placeholderData: keepPreviousData,
  });
  const templates = useQuery({ queryKey: ["statement-templates"], queryFn: ({ signal }) => body(api.GET("/statement-templates", { signal })) });
  const draft = useAct(() => body(api.POST("/statements", { body: { case: chosen ?? "", kind: kind ?? "other" } })), {
    done: ({ statement }) => t("drafted", { number: statement.number }),
    refresh: ["statements", "case"],
    quiet: true,
    onSuccess: ({ statement }) => navigate(`/publishing/${statement.id}`),
  });
  return (
    <>
      <PageHeader title={t("newStatement")} back={{ to: "/publishing", label: t("title") }} />
      <Stack maw={900}>
        <Select
          label={t("chooseCase")}
          description={t("chooseCaseHint")}
          required
          searchable
          value={chosen}
          onChange={setChosen}
          onSearchChange={setTyped}
          filter={({ options }) => options}
          data={(cases.data?.items ?? []).map(({ id, number, title }) => ({ value: id, label: `${number} · ${title}` }))}
        />
        <div>
          <Text size="sm" fw={500} mb={6}>
            {t("chooseKind")}
          </Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" role="group" aria-label={t("chooseKind")}>
            {(templates.data?.items ?? []).map((template) => (
              <UnstyledButton key={template.kind} className={choices.choice} aria-pressed={kind === template.kind} onClick={() => setKind(template.kind)}>
                <Text fw={600} size="sm">
                  {t(`kind.${template.kind}`)}
                </Text>
                <Text size="sm" c="dimmed" lineClamp={3}>
                  {(currentLocale() === "zh" ? template.zh : template.en).body}
                </Text>
              </UnstyledButton>
            ))}
          </SimpleGrid>
        </div>
        <Failure error={templates.error ?? draft.error} />
        <Group justify="flex-end">
          <Button component={Link} to="/publishing" variant="default">
            {common("cancel")}
          </Button>
          <Button disabled={chosen === null || kind === null} loading={draft.isPending} onClick={() => draft.mutate(undefined)}>
            {t("newStatement")}
          </Button>
        </Group>
      </Stack>
    </>
  );
}
