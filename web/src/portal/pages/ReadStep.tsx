// Reading: the text, how far one has come, and "I have read it to the end" once that is so.
import { Button, Card, Stack } from "@mantine/core";
import { IconArrowDown, IconCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import { ActionBar } from "../parts/ActionBar";
import { AgreementText } from "../parts/AgreementText";
import { Refusal } from "../parts/Refusal";
import type { Draft } from "../draft";
import { useAcceptCommitment, useRefusal, type RecipientCommitment } from "../session";
import { DeclineButton } from "./DeclineButton";
import classes from "../portal.module.css";

export interface StepProps {
  commitment: RecipientCommitment;
  draft: Draft;
  setDraft: (change: Partial<Draft>) => void;
}

const barHeight_px = 88;

/** Follows how much of `text` has been above the action bar, from 0 to 1; never goes back. */
function useReadTo(text: React.RefObject<HTMLDivElement | null>, readTo: number, onFurther: (part: number) => void): void {
  useEffect(() => {
    const measure = () => {
      const box = text.current?.getBoundingClientRect();
      if (box === undefined || box.height === 0) return;
      const seen = (window.innerHeight - barHeight_px - box.top) / box.height;
      // The last few pixels are padding.
      const part = seen >= 0.985 ? 1 : Math.max(0, seen);
      if (part > readTo + 0.005 || (part === 1 && readTo < 1)) onFurther(part);
    };
    measure();
    window.addEventListener("scroll", measure, { passive: true });
    window.addEventListener("resize", measure);
    return () => {
      window.removeEventListener("scroll", measure);
      window.removeEventListener("resize", measure);
    };
  }, [text, readTo, onFurther]);
}

export function ReadStep({ commitment, draft, setDraft }: StepProps) {
  const { t } = useTranslation("portal");
  const accept = useAcceptCommitment();
  const refusalOf = useRefusal();
  const text = useRef<HTMLDivElement>(null);
  useReadTo(text, draft.readTo, (readTo) => setDraft({ readTo }));
  const read = useMutation({
    mutationFn: () => body(api.POST("/recipient/commitments/{commitment}/read", { params: { path: { commitment: commitment.id } } })),
    onSuccess: (after) => {
      accept(after);
      window.scrollTo(0, 0);
    },
  });
  const percent = Math.round(Math.min(1, draft.readTo) * 100);
  const atEnd = draft.readTo >= 1;
  const onward = () => {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    window.scrollBy({ top: window.innerHeight - barHeight_px - 130, behavior: calm ? "auto" : "smooth" });
  };
  return (
    <>
      <div className={classes.readingLine} role="progressbar" aria-label={t("read.progress")} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
        <span style={{ transform: `scaleX(${percent / 100})` }} />
      </div>
      <Card padding="lg" ref={text}>
        <AgreementText text={commitment.text} />
      </Card>
      <Stack gap="sm" align="center">
        <Refusal error={read.error ? refusalOf(read.error) : null} />
        <DeclineButton commitment={commitment} />
      </Stack>
      <ActionBar>
        {atEnd ? (
          <Button size="lg" fullWidth loading={read.isPending} onClick={() => read.mutate()} leftSection={<IconCheck size={20} aria-hidden />}>{t("read.done")}</Button>
        ) : (
          <Button size="lg" fullWidth variant="light" onClick={onward} rightSection={<IconArrowDown size={20} aria-hidden />}>{t("read.onward", { percent })}</Button>
        )}
      </ActionBar>
    </>
  );
}
