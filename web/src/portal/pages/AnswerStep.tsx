// The scope questions, one at a time; a right answer leads on by itself. A wrong one explains itself and asks again; it is
// no test of character.
import { Alert, Button, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { IconBulb, IconCheck, IconX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import { ActionBar } from "../parts/ActionBar";
import { Refusal } from "../parts/Refusal";
import { keys, useRefusal } from "../session";
import type { StepProps } from "./ReadStep";
import classes from "../portal.module.css";

// Long enough to see that it was right.
const shownRight_ms = 700;

export function AnswerStep({ commitment, draft, setDraft }: StepProps) {
  const { t } = useTranslation("portal");
  const queries = useQueryClient();
  const refusalOf = useRefusal();
  const heading = useRef<HTMLHeadingElement>(null);
  const { questions } = commitment;
  const firstOpen = questions.findIndex((question) => !draft.right.includes(question.id));
  const [at, setAt] = useState(firstOpen < 0 ? Math.max(0, questions.length - 1) : firstOpen);
  const [wrong, setWrong] = useState<{ choice: string; why: string } | null>(null);
  const question = questions[at];
  const done = question !== undefined && draft.right.includes(question.id);
  const last = at >= questions.length - 1;

  useEffect(() => heading.current?.focus({ preventScroll: true }), [at]);

  const finish = () => {
    void queries.invalidateQueries({ queryKey: keys.commitment(commitment.id) });
    void queries.invalidateQueries({ queryKey: keys.home });
    window.scrollTo(0, 0);
  };
  const next = () => {
    setWrong(null);
    if (last) finish();
    else setAt(at + 1);
  };
  const going = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(going.current), []);
  const answer = useMutation({
    mutationFn: ({ id, choice }: { id: string; choice: string }) => {
      const answers = Object.entries({ ...draft.answers, [id]: choice }).map(([of, chosen]) => ({ question: of, choice: chosen }));
      return body(api.POST("/recipient/commitments/{commitment}/answers", { params: { path: { commitment: commitment.id } }, body: { answers } }));
    },
    onSuccess: (result, { id, choice }) => {
      const verdict = result.results.find((one) => one.question === id);
      const right = result.passed || verdict?.right === true;
      setWrong(right ? null : { choice, why: verdict?.why ?? question?.why ?? "" });
      if (right) setDraft({ answers: { ...draft.answers, [id]: choice }, right: [...new Set([...draft.right, id])] });
      if (right && (!last || result.passed)) going.current = window.setTimeout(next, shownRight_ms);
    },
  });
  if (question === undefined) {
    return <ActionBar><Button size="lg" fullWidth onClick={finish}>{t("answer.toSign")}</Button></ActionBar>;
  }
  return (
    <>
      <Stack gap="md">
        <Text size="sm" c="dimmed">{t("answer.which", { at: at + 1, of: questions.length })}</Text>
        <Title order={2} size="h2" ref={heading} tabIndex={-1} style={{ outline: "none" }}>{question.text}</Title>
        <Stack gap="sm" role="group" aria-label={question.text}>
          {question.choices.map((choice) => {
            const state = done && draft.answers[question.id] === choice.id ? "right" : wrong?.choice === choice.id ? "wrong" : undefined;
            return (
              <UnstyledButton key={choice.id} className={classes.choice} data-state={state} disabled={answer.isPending || done}
                aria-pressed={state !== undefined} onClick={() => answer.mutate({ id: question.id, choice: choice.id })}>
                <span className={classes.choiceMark} aria-hidden="true">{state === "right" ? <IconCheck size={16} stroke={3} /> : state === "wrong" ? <IconX size={16} stroke={3} /> : null}</span>
                <span>{choice.text}</span>
              </UnstyledButton>
            );
          })}
        </Stack>
        <div aria-live="polite">
          {wrong !== null ? <Alert color="orange" variant="light" icon={<IconBulb aria-hidden />} title={t("answer.notQuite")}><Text size="sm">{wrong.why} {t("answer.tryAgain")}</Text></Alert> : null}
          {done ? <Alert color="teal" variant="light" icon={<IconCheck aria-hidden />} title={t("answer.right")} /> : null}
        </div>
        <Refusal error={answer.error ? refusalOf(answer.error) : null} />
      </Stack>
      {done && last ? <ActionBar><Button size="lg" fullWidth onClick={finish}>{t("answer.toSign")}</Button></ActionBar> : null}
    </>
  );
}
