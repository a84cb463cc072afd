import { settings } from '../../state/settings.ts';
import { type Language, languages } from '../../texts/languages.ts';
import { texts } from '../../texts/texts.ts';

/** The languages, each by its own name: whoever looks for theirs need not read the current one. */
export function LanguageChoice() {
  return (
    <fieldset class="languages">
      <legend>{texts.value.settings.language}</legend>
      {(Object.keys(languages) as Language[]).map((language) => (
        <label key={language} class="languages__one" lang={language}>
          <input
            type="radio"
            name="language"
            data-testid={`language-${language}`}
            checked={settings.language.value === language}
            onChange={() => {
              settings.chosenLanguage.value = language;
            }}
          />
          <span>{languages[language]}</span>
        </label>
      ))}
    </fieldset>
  );
}
