// Sending commitments: template, parties, terms, a last look.
import { Button, Card, Group, Stack, Stepper } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useParams } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { Failure } from "@/parts/Failure";
import { PageHeader } from "@/parts/PageHeader";
import { ownZone } from "@/parts/times";
import { useSession } from "@/session/session";
import "@/texts/commitments";
import "@/texts/projects";
import { useProjectQuery } from "../projects/ProjectLayout";
import { ReviewStep } from "./ReviewStep";
import { PartiesStep, TemplateStep, TermsStep } from "./SendSteps";
import { alone, type Terms, termsFit, termsToSend } from "./terms";

export interface Draft {
  template: Schemas["Template"] | null;
  parties: Map<string, Schemas["Party"]>;
  terms: Terms;
  /** null is everything in the project. */
  assets: string[] | null;
  company_signatory: string | null;
}

const plainTerms: Terms = {
  channels: ["own_media", "private_feeds", "direct_messages", "groups", "friends_family", "colleagues"],
  liable: "both",
  sub_suppliers_sign: true,
  may_invite_colleagues: false,
  amount: null,
  currency: "EUR",
};

/** A template's usual terms; the project's next embargo where the template names none. */
function firstTerms(template: Schemas["Template"], project: Schemas["Project"]): Terms {
  const coming = project.embargoes.filter(({ at }) => new Date(at).getTime() > Date.now()).sort((a, b) => a.at.localeCompare(b.at))[0];
  const terms = { ...plainTerms, ...template.terms };
  return terms.embargo_at || !coming ? terms : { ...terms, embargo_at: coming.at, embargo_zone: coming.zone };
}

export function Component() {
  const { t } = useTranslation("commitments");
  const { t: common } = useTranslation();
  const { project: id = "" } = useParams();
  const { session } = useSession();
  const navigate = useNavigate();
  const location = useLocation();
  const narrow = useMediaQuery("(max-width: 48em)");
  const [step, setStep] = useState(0);
  const given = (location.state as { parties?: Schemas["Party"][] } | null)?.parties ?? [];
  const [draft, setDraft] = useState<Draft>(() => ({
    template: null,
    parties: new Map(given.map((party) => [party.id, party])),
    terms: plainTerms,
    assets: null,
    company_signatory: null,
  }));
  const project = useProjectQuery(id);
  const templates = useQuery({
    queryKey: ["templates", "all"],
    queryFn: ({ signal }) => body(api.GET("/templates", { signal, params: { query: { limit: 200, sort: "name" } } })),
  });
  const send = useAct(
    (sending: boolean) =>
      body(
        api.POST("/projects/{project}/commitments", {
          params: { path: { project: id } },
          body: {
            template: draft.template?.id ?? "",
            parties: [...draft.parties.keys()],
            terms: termsToSend(draft.terms),
            assets: draft.assets,
            company_signatory: draft.company_signatory,
            send: sending,
          },
        }),
      ),
    {
      done: (made, sending) => t(sending ? "sentDone" : "drafted", { count: made.total }),
      refresh: ["commitments", "project", "projects", "outbox", "deliveries", "activity", "jobs"],
      onSuccess: () => navigate(`/projects/${id}/commitments`),
      quiet: true,
    },
  );
  if (project.error) return <Failure error={project.error} onRetry={() => void project.refetch()} />;
  if (!project.data) return null;
  const change = (values: Partial<Draft>) => setDraft((before) => ({ ...before, ...values }));
  const lonely = alone(draft.parties.values());
  const liableFits = draft.terms.liable === "person" || lonely.length === 0;
  const ready = [draft.template !== null, draft.parties.size > 0, termsFit(draft.terms) && liableFits, true];
  const goOn = () => {
    // Nobody here has an organisation: only they can be liable, whatever the template usually asks for.
    if (step === 1 && lonely.length === draft.parties.size) change({ terms: { ...draft.terms, liable: "person" } });
    setStep(step + 1);
  };
  const reachable = (target: number) => ready.slice(0, target).every(Boolean);
  return (
    <>
      <PageHeader title={t("send")} back={{ to: `/projects/${id}/commitments`, label: project.data.name }} />
      <Stepper
        active={step}
        onStepClick={(target) => reachable(target) && setStep(target)}
        size="sm"
        mb="lg"
        aria-label={t("steps")}
        styles={narrow ? { stepBody: { display: "none" } } : undefined}
      >
        {(["template", "parties", "terms", "review"] as const).map((name, index) => (
          <Stepper.Step key={name} label={t(name)} aria-label={t(name)} allowStepSelect={reachable(index)} />
        ))}
      </Stepper>
      <Stack>
        {step === 0 && (
          <TemplateStep
            templates={templates.data?.items}
            chosen={draft.template}
            onChoose={(template) => {
              if (project.data && template.id !== draft.template?.id) change({ template, terms: firstTerms(template, project.data) });
              setStep(1);
            }}
          />
        )}
        {step === 1 && <PartiesStep chosen={draft.parties} onChange={(parties) => change({ parties })} />}
        {step === 2 && <TermsStep draft={draft} project={project.data} zone={session.zone ?? ownZone} onChange={change} />}
        {step === 3 && <ReviewStep draft={draft} project={project.data} />}
        <Failure error={send.error} />
        <Card padding="sm" style={{ position: "sticky", bottom: 12, zIndex: 5 }} shadow="sm">
          <Group justify="space-between">
            <Button variant="default" onClick={() => (step === 0 ? navigate(-1) : setStep(step - 1))}>
              {step === 0 ? common("cancel") : common("back")}
            </Button>
            {step < 3 ? (
              <Button disabled={!ready[step]} onClick={goOn}>
                {common("next")}
              </Button>
            ) : (
              <Group gap="xs">
                <Button variant="default" loading={send.isPending && !send.variables} disabled={send.isPending} onClick={() => send.mutate(false)}>
                  {t("draftOnly")}
                </Button>
                <Button loading={send.isPending && send.variables} disabled={send.isPending} onClick={() => send.mutate(true)}>
                  {t("sendNow", { count: draft.parties.size })}
                </Button>
              </Group>
            )}
          </Group>
        </Card>
      </Stack>
    </>
  );
}
