/** First names that are frequent where lists come from, in small letters: a column with many of them holds first names. */
export const COMMON_FIRST_NAMES: ReadonlySet<string> = new Set(
  `james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan joseph jessica
   thomas sarah charles karen christopher lisa daniel nancy matthew betty anthony margaret mark sandra donald ashley
   steven kimberly paul emily andrew donna joshua michelle kenneth carol kevin amanda brian dorothy george melissa
   timothy deborah ronald stephanie edward rebecca jason sharon jeffrey laura ryan cynthia jacob kathleen gary amy
   nicholas angela eric shirley jonathan anna stephen brenda larry pamela justin emma scott nicole brandon helen
   benjamin samantha samuel katherine gregory christine alexander debra frank rachel patrick carolyn raymond janet
   jack catherine dennis maria jerry heather tyler diane aaron ruth jose julie henry olivia adam joyce nathan virginia
   peter victoria kyle kelly walter lauren ethan christina jeremy joan harold evelyn ann anne bob jim joe tom tim dan
   kate jane lucy alice grace sophie oliver harry charlie noah liam mia ella eva chloe isabella sophia max leo felix
   paul lukas leon jonas finn elias ben luis hans klaus wolfgang jürgen dieter manfred uwe günter horst bernd stefan
   andreas matthias markus sabine monika petra susanne birgit heike ursula renate gisela brigitte karin claudia ingrid
   katharina julia lena hannah marie sophie johanna jörg jens sven torsten thorsten frank ralf martin christian michael
   jean pierre michel andré philippe rené louis alain jacques bernard marcel daniel roger robert claude nathalie
   isabelle sylvie catherine françoise martine monique nicole camille léa manon chloé inès jade louise antonio josé
   manuel francisco juan david javier carlos miguel rafael pedro pablo luis jorge fernando alberto diego maría carmen
   josefa isabel ana dolores pilar teresa rosa cristina lucía marta elena paula sara giuseppe giovanni antonio mario
   luigi francesco angelo vincenzo pietro salvatore marco luca andrea paolo alessandro giulia francesca chiara sofia
   jan piet kees hendrik willem anna johanna cornelia piotr krzysztof andrzej tomasz katarzyna małgorzata agnieszka
   lars erik anders mikael karl nils ingrid astrid olga natalia ivan dmitri sergey alexei mohamed mohammed ahmed ali
   fatima aisha omar hassan yusuf ibrahim mehmet mustafa ayşe fatma wei li ming hiroshi yuki kenji sakura raj priya
   amit anil sanjay`.split(/\s+/),
)
